package nl.naast.platform;

import java.sql.Connection;
import java.sql.SQLException;

/** One unit of work on a connection. It may be carried out twice, when it or another of its group fails, so it changes nothing but the database. */
@FunctionalInterface
public interface SqlWork<T> {
    T run(Connection connection) throws SQLException;
}
