package nl.naast.live;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;

/** Who is connected: to this process, with what they are connected by; to another, as far as it told. */
final class Hub {
    /** Somebody whose connection broke is still here for this long: phones change networks. */
    private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(8);
    /** A desk answers a WebSocket ping every 5 s; one that missed three is not here, whatever its connection seems to be. */
    private static final Duration DESK_SILENT = Duration.ofSeconds(15);

    /** Longer than from one look to the next. */
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    /** Connections of one person: the present one, and older ones that broke unnoticed. Each costs a reading at every change. */
    private static final int LINKS = 4;

    private final Map<TokenHash, Set<VisitorLink>> visitors = new ConcurrentHashMap<>();
    private final Map<StaffId, Set<DeskLink>> desks = new ConcurrentHashMap<>();
    /** Sockets that have not said whose they are: they too are looked at every second, or one could be held open for ever. */
    private final Set<Link> arriving = ConcurrentHashMap.newKeySet();
    private final Presence presence;
    private final Elsewhere elsewhere;

    Hub(Presence presence, Elsewhere elsewhere) {
        this.presence = presence;
        this.elsewhere = elsewhere;
    }

    Elsewhere elsewhere() {
        return elsewhere;
    }

    Presence presence() {
        return presence;
    }

    void arrive(Link link) {
        arriving.add(link);
    }

    /** It has said whose it is, or is gone. */
    void arrived(Link link) {
        arriving.remove(link);
    }

    void add(TokenHash who, VisitorLink link) {
        presence.heard(who);
        add(visitors, who, link);
    }

    void add(StaffId who, DeskLink link) {
        presence.heard(who);
        add(desks, who, link);
    }

    void remove(TokenHash who, VisitorLink link) {
        remove(visitors, who, link);
    }

    void remove(StaffId who, DeskLink link) {
        remove(desks, who, link);
    }

    private static <K, L extends Link> void add(Map<K, Set<L>> links, K who, L link) {
        links.compute(who, (k, before) -> {
            Set<L> set = before == null ? new CopyOnWriteArraySet<>() : before;
            set.add(link);
            if (set.size() > LINKS) {
                L oldest = set.iterator().next();
                set.remove(oldest);
                oldest.replaced();
            }
            return set;
        });
    }

    private static <K, L> void remove(Map<K, Set<L>> links, K who, L link) {
        links.computeIfPresent(who, (k, set) -> {
            set.remove(link);
            return set.isEmpty() ? null : set;
        });
    }

    Collection<VisitorLink> of(TokenHash visitor) {
        return visitors.getOrDefault(visitor, Set.of());
    }

    Collection<DeskLink> of(StaffId staff) {
        return desks.getOrDefault(staff, Set.of());
    }

    List<VisitorLink> visitors() {
        return visitors.values().stream().flatMap(Set::stream).toList();
    }

    List<DeskLink> desks() {
        return desks.values().stream().flatMap(Set::stream).toList();
    }

    /** Who of the staff has a desk that is connected to this process, and spoke. */
    Set<StaffId> staffHere() {
        return desks.keySet().stream().filter(staff -> presence.within(staff, DESK_SILENT)).collect(Collectors.toSet());
    }

    /** Everybody of the staff whose desk is connected to any process. */
    Set<StaffId> staff() {
        return Stream.concat(desks.keySet().stream(), elsewhere.staff().stream()).filter(this::here).collect(Collectors.toSet());
    }

    /** The languages of her desks that are connected here. */
    Set<String> languagesHere(StaffId staff) {
        return of(staff).stream().flatMap(link -> link.languages().stream()).collect(Collectors.toSet());
    }

    /** The languages of her desks, wherever they are connected. */
    Set<String> languages(StaffId staff) {
        return Stream.concat(languagesHere(staff).stream(), elsewhere.languages(staff).stream()).collect(Collectors.toSet());
    }

    /** Whether a connection of hers ends in this process now, or a frame of hers came a moment ago. */
    boolean connected(TokenHash visitor) {
        return visitors.containsKey(visitor) || presence.within(visitor, A_MOMENT);
    }

    /** For how long nothing was heard of her, by any process. */
    Duration silence(Object who) {
        Duration here = presence.silence(who);
        return elsewhere.silence(who).filter(there -> there.compareTo(here) < 0).orElse(here);
    }

    List<Link> all() {
        return Stream.of(arriving, visitors(), desks()).<Link>flatMap(Collection::stream).toList();
    }

    boolean here(TokenHash visitor) {
        return visitors.containsKey(visitor) || presence.within(visitor, BETWEEN_CONNECTIONS) || elsewhere.within(visitor, BETWEEN_CONNECTIONS);
    }

    boolean here(StaffId staff) {
        return presence.within(staff, desks.containsKey(staff) ? DESK_SILENT : BETWEEN_CONNECTIONS) || elsewhere.within(staff, BETWEEN_CONNECTIONS);
    }
}
