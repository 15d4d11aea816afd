package nl.naast.conversation;

import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import nl.naast.platform.Id16;
import nl.naast.platform.MongoStore;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * The newest envelope of a conversation, in the row itself. An append is thereby one write of one document: the row takes the new envelope together with its number. Its forerunner was moved among the other envelopes
 * before, under an id that makes moving it twice harmless; until then it is read from here.
 */
final class MongoTail {
    /** The day of its expiry, as days since 1970. */
    static final String DAY = "tail_day";
    static final String SEQ = "tail_seq";
    private static final String ID = "tail_id";
    private static final String SEALED = "tail_sealed";

    private MongoTail() {
    }

    /** As bytes, unlike the row's own sealed: no append takes what a unique index looks at, so that there is no "duplicate" to be said (ADR 0018). */
    static Bson set(EnvelopeCodec codec, Step.Stored<?> stored) {
        Envelope envelope = stored.envelope();
        return Updates.combine(Updates.set(SEQ, envelope.seq()), Updates.set(ID, envelope.id().id().text()), Updates.set(DAY, day(stored.expiresAt())), Updates.set(SEALED, new Binary(codec.seal(envelope, stored.expiresAt()))));
    }

    static Bson unset() {
        return Updates.combine(Updates.unset(SEQ), Updates.unset(ID), Updates.unset(DAY), Updates.unset(SEALED));
    }

    /** @param row the document of a conversation */
    static Optional<Step.Stored<Void>> of(EnvelopeCodec codec, Document row) {
        if (!row.containsKey(SEQ)) {
            return Optional.empty();
        }
        ConversationId conversation = new ConversationId(new Id16(row.getString("_id")));
        return Optional.of(codec.open(conversation, MongoStore.number(row, SEQ), new EnvelopeId(new Id16(row.getString(ID))), MongoStore.bytes(row, SEALED)));
    }

    static long day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toEpochDay();
    }
}
