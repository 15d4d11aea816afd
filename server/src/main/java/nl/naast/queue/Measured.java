package nl.naast.queue;

import java.time.Instant;

/** How long one person waited for the first expert, in whole minutes; nothing says who. */
record Measured(String language, int minutes, Instant expiresAt) {
}
