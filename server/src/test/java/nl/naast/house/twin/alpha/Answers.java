package nl.naast.house.twin.alpha;

/** Breaks: the web stays at the edge. */
class Answers {
    io.vertx.ext.web.Router router;
}
