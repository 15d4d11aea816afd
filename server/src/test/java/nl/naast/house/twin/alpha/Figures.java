package nl.naast.house.twin.alpha;

/** Breaks: figures are made in one room. */
class Figures {
    io.prometheus.metrics.core.metrics.Counter counter;
}
