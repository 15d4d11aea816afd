package nl.naast.live;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import nl.naast.access.StaffId;
import nl.naast.desk.DeskModule;
import nl.naast.desk.Lease;
import nl.naast.queue.Range;

/** Whether an expert is there now, in which languages, and how long people waited lately: what a visitor's page asks before anything else. Nothing in it names anybody. */
final class Availability {
    private static final long KEPT_NANOS = 1_000_000_000L;

    private record Known(Future<String> text, long at) {
    }

    private final Hub hub;
    private final DeskModule desks;
    private final Views views;
    private volatile Known known;

    Availability(Hub hub, DeskModule desks, Views views) {
        this.hub = hub;
        this.desks = desks;
        this.views = views;
    }

    /** For a second, unless a desk changes, the same for everybody: it is asked without any capability. */
    Future<String> text() {
        long now = System.nanoTime();
        Known before = known;
        if (before == null || now - before.at() > KEPT_NANOS) {
            before = new Known(read(), now);
            known = before;
        }
        return before.text();
    }

    /** A desk changed: whoever asks next is told what is true now. */
    void stale() {
        known = null;
    }

    private Future<String> read() {
        return Future.all(hub.staff().stream().map(this::languages).toList()).compose(each -> {
            TreeSet<String> languages = new TreeSet<>();
            each.<List<String>>list().forEach(languages::addAll);
            return views.range(Optional.empty()).map(range -> json(languages, range));
        });
    }

    private Future<List<String>> languages(StaffId staff) {
        return desks.find(staff).map(lease -> lease.filter(Lease::available).isPresent() ? List.copyOf(hub.languages(staff)) : List.of());
    }

    private static String json(TreeSet<String> languages, Optional<Range> range) {
        return new JsonObject().put("t", "availability").put("open", !languages.isEmpty()).put("languages", new JsonArray(List.copyOf(languages)))
            .put("range", range.map(r -> new JsonArray().add(r.lo()).add(r.hi())).orElse(null)).encode();
    }
}
