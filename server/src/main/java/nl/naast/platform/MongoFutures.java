package nl.naast.platform;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The driver's publishers as futures that complete on their caller's context. */
final class MongoFutures {
    private MongoFutures() {
    }

    /** @return all that is published, in order */
    static <T> Future<List<T>> all(Vertx vertx, Publisher<T> publisher) {
        Promise<List<T>> promise = promise(vertx);
        publisher.subscribe(new Collecting<>(promise));
        return promise.future();
    }

    private static <T> Promise<T> promise(Vertx vertx) {
        Context context = vertx.getOrCreateContext();
        return context instanceof ContextInternal inside ? inside.promise() : Promise.promise();
    }

    private static final class Collecting<T> implements Subscriber<T> {
        private final Promise<List<T>> promise;
        private final List<T> found = new ArrayList<>();

        Collecting(Promise<List<T>> promise) {
            this.promise = promise;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(T value) {
            found.add(value);
        }

        @Override
        public void onError(Throwable failed) {
            promise.tryFail(failed);
        }

        @Override
        public void onComplete() {
            promise.tryComplete(found);
        }
    }
}
