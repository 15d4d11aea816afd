package nl.naast.vault;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nl.naast.access.StaffId;
import nl.naast.platform.Purge;

/** A vault is destroyed when its person is suspended; where a process ended in between, the sweep does it. @param staff everybody who is on the staff now */
record LeftBehind(Vaults vaults, Supplier<Future<Set<StaffId>>> staff) implements Purge {
    @Override
    public String name() {
        return "vault left behind";
    }

    @Override
    public String table() {
        return VaultSeal.ITEM;
    }

    @Override
    public Duration kept() {
        return VaultRules.AT_ONCE;
    }

    /** Whose vaults there are is read first: somebody who joins afterwards is among the staff by then. */
    @Override
    public Future<Integer> purge(LocalDate today, int limit) {
        return vaults.people().compose(people -> people.isEmpty() ? Future.succeededFuture(0) : staff.get().compose(all -> {
            Set<String> there = all.stream().map(vaults::tag).collect(Collectors.toSet());
            List<String> left = people.stream().filter(person -> !there.contains(person)).limit(limit).toList();
            Future<Integer> destroyed = Future.succeededFuture(left.size());
            for (String person : left) {
                destroyed = destroyed.compose(count -> vaults.destroy(person).map(count));
            }
            return destroyed;
        }));
    }
}
