package nl.naast.bench;

import java.util.List;

/** A server under load, with its conversations set up. */
interface Under extends AutoCloseable {
    String name();

    Program program();

    List<Pair> pairs();

    /** @param bytes of every envelope from now on */
    void carry(int bytes);
}
