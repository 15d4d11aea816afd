package nl.naast.live;

import java.time.Duration;

/**
 * Limits and times of connections, as boot passes them in (protocol.md §1, §7, §10).
 *
 * @param beatSeconds after this much silence the server says that it is there
 * @param slots conversations at one desk
 * @param sockets the most open sockets and held polls together
 * @param visitorGone a visitor who waits and is not heard for this long has gone
 * @param talkGone the same for one who talks
 * @param join a claim without a join ends after this
 * @param expertVanished an expert who is not heard for this long has vanished
 * @param expertAway an expert whose desk is locked for this long has vanished too
 * @param afterEnd how long a conversation's facts are kept after its end
 */
public record LivePolicy(int frameBytes, int signalBytes, int beatSeconds, int slots, int sockets, Duration pollHold, Duration visitorGone, Duration talkGone, Duration join, Duration expertVanished, Duration expertAway, Duration afterEnd) {
}
