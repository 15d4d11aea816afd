package nl.naast.queue;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.naast.access.StaffId;
import nl.naast.conversation.Change;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.SqliteConversationRows;
import nl.naast.platform.Clock;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.SqliteStore;

/** {@link WaitingLine} in SQLite. */
final class SqliteWaitingLine implements WaitingLine {
    private final SqliteStore store;
    private final SqliteConversationRows rows;
    private final Clock clock;

    SqliteWaitingLine(SqliteStore store, SqliteConversationRows rows, Clock clock) {
        this.store = store;
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    public Future<Placed<Conversation>> join(Conversation fresh, int waitingLimit, int openLimit) {
        return store.write(connection -> {
            Instant now = clock.now();
            Optional<Conversation> hers = rows.select(connection, now, "visitor_tag = ?", (Object) fresh.visitor().bytes()).stream().findFirst();
            if (hers.isPresent()) {
                return new Placed<>(hers.get().id().equals(fresh.id()) ? Outcome.done(hers.get()) : Outcome.refused(Problem.NOT_NOW), Optional.empty());
            }
            return refusal(connection, fresh, waitingLimit, openLimit).<Placed<Conversation>>map(problem -> new Placed<>(Outcome.refused(problem), Optional.empty())).orElseGet(() -> insert(connection, fresh));
        });
    }

    private Placed<Conversation> insert(Connection connection, Conversation fresh) {
        try {
            Conversation row = rows.insert(connection, fresh);
            return new Placed<>(Outcome.done(row), Optional.of(new Change(Optional.empty(), row, Optional.empty())));
        } catch (SQLException failed) {
            throw new IllegalStateException("the row could not be inserted", failed);
        }
    }

    private static Optional<Problem> refusal(Connection connection, Conversation fresh, int waitingLimit, int openLimit) throws SQLException {
        if (count(connection, "id = ? OR visitor_tag = ?", fresh.id().id().bytes(), fresh.visitor().bytes()) > 0) {
            return Optional.of(Problem.UNKNOWN);
        }
        boolean full = count(connection, "state = 'WAITING'") >= waitingLimit || count(connection, SqliteConversationRows.OPEN) >= openLimit;
        return full ? Optional.of(Problem.FULL) : Optional.empty();
    }

    private static int count(Connection connection, String condition, byte[]... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM conversation WHERE " + condition)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setBytes(i + 1, parameters[i]);
            }
            try (ResultSet found = select.executeQuery()) {
                return found.getInt(1);
            }
        }
    }

    @Override
    public Future<Placed<Optional<Conversation>>> claimFirst(Claim claim, Set<String> languages) {
        return store.write(connection -> {
            Instant now = clock.now();
            Optional<Conversation> repeated = rows.select(connection, now, "claim_id = ? OR call_id = ?", claim.id().id().bytes(), claim.id().id().bytes()).stream().findFirst();
            if (repeated.isPresent()) {
                boolean hers = repeated.get().claim().filter(c -> c.id().equals(claim.id()) && c.staff().equals(claim.staff()) && c.fence() == claim.fence()).isPresent();
                return new Placed<>(hers ? Outcome.done(repeated) : Outcome.refused(Problem.LIMIT), Optional.empty());
            }
            byte[] slot = rows.slotTag(claim.staff(), claim.slot());
            if (count(connection, "slot_tag = ? OR guest_slot_tag = ?", slot, slot) > 0) {
                return new Placed<>(Outcome.refused(Problem.LIMIT), Optional.empty());
            }
            Optional<Conversation> first = first(connection, now, claim.staff(), languages);
            return first.isEmpty() ? new Placed<>(Outcome.done(first), Optional.empty()) : claimed(connection, first.get(), claim, now);
        });
    }

    private Placed<Optional<Conversation>> claimed(Connection connection, Conversation first, Claim claim, Instant now) throws SQLException {
        Optional<Conversation> row = rows.update(connection, first.withClaim(claim, now));
        return new Placed<>(Outcome.done(row), row.map(after -> new Change(Optional.of(first), after, Optional.empty())));
    }

    private Optional<Conversation> first(Connection connection, Instant now, StaffId who, Set<String> languages) throws SQLException {
        String places = String.join(", ", Collections.nCopies(languages.size(), "?"));
        Object[] tags = languages.stream().map(rows::languageTag).toArray();
        return rows.first(connection, row -> row.facts().expiresAt().isAfter(now) && !row.passes(who), "state = 'WAITING' AND language_tag IN (" + places + ") ORDER BY arrival", tags);
    }

    @Override
    public Future<List<Waiting>> line() {
        return store.read(connection -> rows.select(connection, clock.now(), "state = 'WAITING' ORDER BY arrival").stream()
            .map(row -> new Waiting(row.id(), row.facts().language(), row.facts().waitingSince())).toList());
    }
}
