package nl.naast.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import nl.naast.access.Role;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.conversation.ClaimId;
import nl.naast.conversation.Conversation;
import nl.naast.conversation.Conversation.Claim;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Member;
import nl.naast.desk.DeskId;
import nl.naast.desk.Lease;
import nl.naast.house.House;
import nl.naast.house.MlsBytes;
import nl.naast.house.MovableClock;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.RandomSource;
import nl.naast.platform.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Fifty experts claim from fifty visitors at once, a hundred rounds")
class ClaimRaceTest {
    private static final int MANY = 50;
    private static final int ROUNDS = 100;
    /** Each is a caller of her own, as fifty sockets on several event loops are. */
    private static final int CALLERS = 10;

    private record Desk(StaffId staff, long fence) {
    }

    private record Place(ConversationId id, TokenHash token) {
    }

    private final Vertx vertx = Vertx.vertx();
    private House house;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        house = House.open(vertx, directory, new MovableClock(), new House.Rules());
    }

    @AfterEach
    void close() throws Exception {
        house.close();
        House.await(vertx.close());
    }

    private static Id16 id() {
        return Id16.random(RandomSource.system());
    }

    private List<Desk> desks() throws Exception {
        List<Desk> desks = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            House.SignedIn her = house.signIn(Set.of(Role.EXPERT), "nl");
            desks.add(new Desk(her.id(), ((Outcome.Done<Lease>) House.await(house.desks.take(her.id(), new DeskId(id()), house.session(her)))).value().fence()));
        }
        return desks;
    }

    private List<Place> line() throws Exception {
        byte[] key = new byte[65];
        key[0] = 4;
        List<Place> places = IntStream.range(0, MANY).mapToObj(i -> new Place(new ConversationId(id()), TokenHash.ofCapability(house.wrap, SecretBytes.take(MlsBytes.random(32))))).toList();
        House.await(Future.all(places.stream().map(place -> house.queue.join(place.token(), place.id(), "nl", key)).toList()));
        return places;
    }

    // seen failing: with claimFirst split into a read of the first and a write that does not look at the row's version
    @Test
    @DisplayName("each visitor gets exactly one expert, each expert exactly one visitor, and asking again changes nothing (Done when c 1)")
    void race() throws Exception {
        List<Desk> desks = desks();
        long began = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            List<Place> places = line();
            List<Claim> claims = desks.stream().map(desk -> new Claim(new ClaimId(id()), desk.staff(), desk.fence(), 1, MlsBytes.keyPackage(MlsBytes.SUITE))).toList();
            List<ConversationId> got = claimAll(claims);
            assertEquals(new HashSet<>(places.stream().map(Place::id).toList()), new HashSet<>(got), "round " + round);
            assertEquals(MANY, got.size());
            assertEquals(got, claimAll(claims), "a repeated claim has what it had");
            for (int i = 0; i < MANY; i++) {
                Conversation row = House.await(house.conversations.find(got.get(i))).orElseThrow();
                assertEquals(desks.get(i).staff(), row.claim().orElseThrow().staff());
            }
            House.await(Future.all(places.stream().map(place -> house.conversations.end(new Member.OfVisitor(place.token()), place.id())).toList()));
        }
        System.out.println("claim race: " + ROUNDS + " rounds of " + MANY + " in " + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms, each visitor one expert");
    }

    /** From several threads, let go at one moment. */
    private List<ConversationId> claimAll(List<Claim> claims) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Outcome<Optional<Conversation>>>> answers = new ArrayList<>(java.util.Collections.nCopies(claims.size(), null));
        List<Thread> callers = IntStream.range(0, CALLERS).mapToObj(caller -> Thread.ofPlatform().start(() -> {
            await(go);
            for (int i = caller; i < claims.size(); i += CALLERS) {
                answers.set(i, house.queue.claim(claims.get(i), Set.of("nl")));
            }
        })).toList();
        go.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        List<ConversationId> got = new ArrayList<>();
        for (Future<Outcome<Optional<Conversation>>> answer : answers) {
            got.add(((Outcome.Done<Optional<Conversation>>) House.await(answer)).value().orElseThrow().id());
        }
        return got;
    }

    private static void await(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
