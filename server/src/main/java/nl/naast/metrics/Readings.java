package nl.naast.metrics;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import nl.naast.conversation.Conversation;

/**
 * What is read at the moment a page is made, from the doors of others.
 *
 * @param open         all conversations that have not ended
 * @param rosterUntil  when the roster that visitors are given runs out; empty when there is none
 * @param visitorSockets open sockets and held polls
 * @param deskSockets  the same of the staff
 * @param others      other processes on this database
 * @param version      of the program
 * @param store        {@code sqlite} or {@code mongodb}
 */
public record Readings(Supplier<Future<List<Conversation>>> open, Supplier<Future<Optional<Instant>>> rosterUntil, IntSupplier visitorSockets, IntSupplier deskSockets, IntSupplier others, String version, String store) {
}
