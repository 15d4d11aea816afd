package nl.naast.house.twin.alpha;

/** Breaks: the driver stays in the stores. */
class Reads {
    java.sql.Connection connection;
}
