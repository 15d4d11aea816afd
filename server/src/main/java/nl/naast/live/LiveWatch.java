package nl.naast.live;

import nl.naast.platform.Problem;

/** Whoever counts what the sockets and the fallback answer: kinds and times, never whose. Called on event loops, so it must not wait. */
public interface LiveWatch {
    /** A frame, a socket or a poll was refused. */
    void refused(Problem problem);

    /** An envelope is stored. @param nanos from the frame, as read, to the answer of the store */
    void appended(long nanos);
}
