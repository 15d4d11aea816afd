package nl.naast.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import java.util.function.Consumer;
import nl.naast.platform.Id16;
import nl.naast.platform.Log;
import nl.naast.platform.LogCode;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Wrap;

/**
 * The other processes of this database, over the event bus. Best effort: nothing rests on a notice that arrives. Each is sealed with the key that all processes have: whoever else is in the machines' network reads
 * nothing of it and makes none. Who says one again makes pages look once more, and relays an old signal once more; nothing is ended by a notice that the store does not end.
 */
final class Neighbours {
    private static final String FROM = "from";

    private final Vertx vertx;
    private final Wrap wrap;
    private final String self = Id16.random(RandomSource.system()).text();

    Neighbours(Vertx vertx, Wrap wrap) {
        this.vertx = vertx;
        this.wrap = wrap;
    }

    void tell(Notice notice) {
        Buffer sealed = Buffer.buffer(wrap.seal(Addresses.NOTICE, NoticeCodec.encode(notice)));
        vertx.eventBus().publish(Addresses.NOTICE, sealed, new DeliveryOptions().addHeader(FROM, self));
    }

    /** @return when the other processes know that this one listens */
    Future<Void> listen(Consumer<Notice> heard) {
        return vertx.eventBus().<Buffer>consumer(Addresses.NOTICE, message -> open(message).ifPresent(heard)).completion();
    }

    private Optional<Notice> open(Message<Buffer> message) {
        if (self.equals(message.headers().get(FROM))) {
            return Optional.empty();
        }
        try {
            return Optional.of(NoticeCodec.decode(wrap.open(Addresses.NOTICE, message.body().getBytes())));
        } catch (RuntimeException forged) {
            Log.say(LogCode.NOTICE_REFUSED, forged);
            return Optional.empty();
        }
    }
}
