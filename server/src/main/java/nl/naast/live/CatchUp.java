package nl.naast.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.ConversationId;
import nl.naast.live.Notice.Changed;
import nl.naast.live.Notice.News;

/**
 * What the connections of this process were told of each open conversation, and what they should have been: a process that stood still, was cut off or never joined hears no notices, but it reads all open conversations
 * once a second anyway. So a lost announcement costs a second.
 */
final class CatchUp {
    private record Told(long version, TokenHash visitor, Set<StaffId> staff) {
    }

    /** Who has to look, because nobody told them. */
    record Missed(List<Changed> changes, Set<TokenHash> visitors, Set<StaffId> staff) {
    }

    private final Map<ConversationId, Told> told = new ConcurrentHashMap<>();

    /** The connections hear of it now. */
    void telling(Changed change) {
        if (change.over()) {
            told.remove(change.conversation());
        } else {
            told.merge(change.conversation(), new Told(change.version(), change.visitor(), change.desks().stream().map(Notice.Desk::staff).collect(Collectors.toSet())), (before, now) -> before.version() > now.version() ? before : now);
        }
    }

    /** @param open as they were read just now; what is told meanwhile may be told once more, which costs a reading */
    Missed missed(List<Conversation> open) {
        List<Changed> changes = open.stream().filter(row -> !told.containsKey(row.id()) || told.get(row.id()).version() < row.version()).map(this::changed).toList();
        Set<ConversationId> standing = open.stream().map(Conversation::id).collect(Collectors.toSet());
        List<Told> over = told.entrySet().stream().filter(entry -> !standing.contains(entry.getKey())).map(Map.Entry::getValue).toList();
        told.keySet().retainAll(standing);
        return new Missed(changes, over.stream().map(Told::visitor).collect(Collectors.toSet()), over.stream().flatMap(each -> each.staff().stream()).collect(Collectors.toSet()));
    }

    private Changed changed(Conversation row) {
        Set<StaffId> had = Optional.ofNullable(told.get(row.id())).map(Told::staff).orElse(Set.of());
        Optional<News> news = row.log().seq() > 0 ? Optional.of(new News(row.log().seq())) : Optional.empty();
        return new Changed(row.id(), row.visitor(), row.version(), false, had, Changed.desks(row), true, true, news);
    }
}
