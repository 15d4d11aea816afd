package nl.naast.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import nl.naast.access.StaffId;
import nl.naast.platform.Clock;
import nl.naast.platform.Id16;
import nl.naast.platform.Outcome;
import nl.naast.platform.Problem;
import nl.naast.platform.Wrap;
import nl.naast.support.Contract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the port {@link Vaults} promises, whatever keeps it. */
abstract class VaultsContract extends Contract {
    /** Small enough to be reached. */
    static final VaultRules RULES = new VaultRules(1000, 5, 4, 100, 10, 3000, 150, 25, VaultRules.TALK_KEPT);
    private static final ItemName KEYRING = new ItemName("keyring");

    Vaults port;
    final StaffId her = new StaffId(id());

    abstract Vaults open(Wrap wrap, Clock clock) throws Exception;

    @BeforeEach
    final void port() throws Exception {
        port = open(wrap, clock);
    }

    static ItemName talk() {
        return new ItemName(id().text());
    }

    static Put put(ItemName item, long seen, String body, String... lines) {
        return new Put(item, seen, id(), bytes(body), Stream.of(lines).map(VaultsContract::bytes).toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    final void written(Put put) throws Exception {
        assertEquals(Outcome.done(put.seen() + 1), done(port.put(her, put)));
    }

    private void refused(Problem problem, Put put) throws Exception {
        assertEquals(Outcome.refused(problem), done(port.put(her, put)));
    }

    private Optional<Item> find(ItemName name) throws Exception {
        return done(port.all(her)).stream().filter(item -> item.name().equals(name)).findFirst();
    }

    /** All lines, page by page. */
    final List<String> lines(ItemName name) throws Exception {
        List<String> all = new ArrayList<>();
        LinesPage page;
        do {
            page = done(port.lines(her, name, all.size())).orElseThrow();
            for (LinesPage.Numbered line : page.lines()) {
                all.add(text(line.body()));
                assertEquals(all.size(), line.number(), "without gaps");
            }
        } while (page.more());
        return all;
    }

    @Test
    @DisplayName("an item is written on the version that was seen, and on no other; each person has her own")
    final void versions() throws Exception {
        ItemName talk = talk();
        written(put(talk, 0, "one"));
        written(put(talk, 1, "two"));
        refused(Problem.NOT_NOW, put(talk, 0, "new"));
        refused(Problem.NOT_NOW, put(talk, 1, "old"));
        refused(Problem.NOT_NOW, put(talk, 3, "ahead"));
        refused(Problem.NOT_NOW, put(talk(), 1, "never made"));
        written(put(KEYRING, 0, "hers"));
        assertEquals(2, find(talk).orElseThrow().version());
        assertArrayEquals(bytes("two"), find(talk).orElseThrow().body());
        StaffId other = new StaffId(id());
        assertEquals(List.of(), done(port.all(other)));
        assertEquals(Optional.empty(), done(port.lines(other, talk, 0)));
        assertEquals(Outcome.done(1L), done(port.put(other, put(KEYRING, 0, "another's"))));
        assertArrayEquals(bytes("hers"), find(KEYRING).orElseThrow().body());
    }

    // seen failing: with Put.fits answering true (both stores)
    @Test
    @DisplayName("a person has so many bytes in all, whatever they are in: what is too much is refused, and what is there stays and can still be written over")
    final void bytesInAll() throws Exception {
        ItemName talk = talk();
        written(put(KEYRING, 0, "k".repeat(1000)));
        written(put(talk(), 0, "t".repeat(1000)));
        written(put(talk, 0, "b".repeat(700)));
        refused(Problem.LIMIT, put(talk(), 0, "n".repeat(301)));
        refused(Problem.LIMIT, put(talk, 1, "b".repeat(700), "l".repeat(100), "l".repeat(100), "l".repeat(100), "l".repeat(1)));
        written(put(talk, 1, "b".repeat(700), "l".repeat(100), "l".repeat(100), "l".repeat(100)));
        refused(Problem.LIMIT, put(talk, 2, "b".repeat(700), "l".repeat(100), "l".repeat(100)));
        written(put(talk, 2, "c".repeat(700)));
        assertEquals(3, lines(talk).size());
        assertEquals(Outcome.done(1L), done(port.put(new StaffId(id()), put(talk(), 0, "another's"))));
        done(port.drop(her, talk));
        written(put(talk(), 0, "n".repeat(1000)));
    }

    // seen failing: with WRITTEN answered as OVERTAKEN, and with the same write carried out again (both stores)
    @Test
    @DisplayName("the same put again is answered the same and appends nothing; after another one it is too late")
    final void repeated() throws Exception {
        ItemName talk = talk();
        Put first = put(talk, 0, "one", "a", "b");
        written(first);
        written(first);
        Put second = put(talk, 1, "two", "c");
        written(second);
        written(second);
        refused(Problem.NOT_NOW, first);
        assertEquals(List.of("a", "b", "c"), lines(talk));
    }

    // seen failing: with seen not compared (both stores); on MongoDB with the version left out of the conditional write, and with the lines inserted before it
    @Test
    @DisplayName("two puts at once, on the same version: one wins, and only its lines are there; ten times, and ten at once")
    final void race() throws Exception {
        ItemName talk = talk();
        List<String> expected = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            int seen = round;
            int writers = round < 9 ? 2 : 10;
            List<Put> puts = IntStream.range(0, writers).mapToObj(i -> put(talk, seen, "body " + seen + " of " + i, "line " + seen + " of " + i)).toList();
            List<Outcome<Long>> answers = atOnce(writers, i -> port.put(her, puts.get(i)));
            List<Integer> winners = IntStream.range(0, writers).filter(i -> answers.get(i).equals(Outcome.done(seen + 1L))).boxed().toList();
            assertEquals(1, winners.size(), answers.toString());
            assertEquals(writers - 1, answers.stream().filter(Outcome.refused(Problem.NOT_NOW)::equals).count());
            expected.add("line " + seen + " of " + winners.getFirst());
            assertArrayEquals(puts.get(winners.getFirst()).body(), find(talk).orElseThrow().body());
        }
        assertEquals(expected, lines(talk));
    }

    @Test
    @DisplayName("the same put by ten at once is one put")
    final void sameAtOnce() throws Exception {
        ItemName talk = talk();
        Put put = put(talk, 0, "one", "a");
        assertEquals(Set.of(Outcome.done(1L)), Set.copyOf(atOnce(10, i -> port.put(her, put))));
        assertEquals(List.of("a"), lines(talk));
    }

    // seen failing: with `used > bytes` asked of an empty page, and with more always false
    @Test
    @DisplayName("lines are read in order from any place, a page holds what fits and one line at the least")
    final void pages() throws Exception {
        ItemName talk = talk();
        written(put(talk, 0, "one"));
        assertEquals(new LinesPage(List.of(), false), done(port.lines(her, talk, 0)).orElseThrow());
        written(put(talk, 1, "two", "0123456789", "0123456789", "012345"));
        written(put(talk, 2, "three", "x".repeat(60), "y"));
        assertEquals(List.of(1L, 2L), numbers(talk, 0));
        assertEquals(List.of(3L), numbers(talk, 2));
        assertEquals(List.of(4L), numbers(talk, 3), "larger than a page");
        assertEquals(List.of(5L), numbers(talk, 4));
        assertEquals(List.of(), numbers(talk, 5));
        assertEquals(5, lines(talk).size());
        assertEquals(Optional.empty(), done(port.lines(her, talk(), 0)));
    }

    private List<Long> numbers(ItemName talk, long after) throws Exception {
        LinesPage page = done(port.lines(her, talk, after)).orElseThrow();
        List<Long> numbers = page.lines().stream().map(LinesPage.Numbered::number).toList();
        assertEquals(!numbers.isEmpty() && numbers.getLast() < 5, page.more());
        return numbers;
    }

    // seen failing: with one more item, and with one more line allowed (both stores)
    @Test
    @DisplayName("five items and ten lines an item here, also when eight are made at once; one above is refused and changes nothing, and there is room when one went")
    final void limits() throws Exception {
        written(put(KEYRING, 0, "keyring"));
        List<ItemName> talks = IntStream.range(0, 8).mapToObj(i -> talk()).toList();
        List<Outcome<Long>> answers = atOnce(8, i -> port.put(her, put(talks.get(i), 0, "talk", "a")));
        assertEquals(4, answers.stream().filter(Outcome.done(1L)::equals).count(), answers.toString());
        assertEquals(4, answers.stream().filter(Outcome.refused(Problem.LIMIT)::equals).count(), answers.toString());
        assertEquals(5, done(port.all(her)).size());
        ItemName one = done(port.all(her)).stream().map(Item::name).filter(ItemName::ofTalk).findFirst().orElseThrow();
        written(put(one, 1, "talk", "b", "c", "d", "e"));
        written(put(one, 2, "talk", "f", "g", "h", "i"));
        refused(Problem.LIMIT, put(one, 3, "talk", "j", "k"));
        written(put(one, 3, "talk", "j"));
        refused(Problem.LIMIT, put(one, 4, "talk", "k"));
        written(put(one, 4, "talk"));
        assertEquals(LongStream.rangeClosed('a', 'j').mapToObj(c -> Character.toString((char) c)).toList(), lines(one));
        done(port.drop(her, one));
        written(put(talk(), 0, "room"));
    }

    @Test
    @DisplayName("a dropped item is gone with its lines, and its name begins anew; dropped again nothing happens")
    final void drop() throws Exception {
        ItemName talk = talk();
        written(put(talk, 0, "one", "a"));
        written(put(talk, 1, "two", "b"));
        done(port.drop(her, talk));
        done(port.drop(her, talk));
        assertEquals(Optional.empty(), find(talk));
        assertEquals(Optional.empty(), done(port.lines(her, talk, 0)));
        refused(Problem.NOT_NOW, put(talk, 2, "three"));
        written(put(talk, 0, "anew", "c"));
        assertEquals(List.of("c"), lines(talk));
    }

    @Test
    @DisplayName("dropped while puts are on their way: it is gone, and whatever is made under its name has its own lines only")
    final void dropRaced() throws Exception {
        for (int round = 0; round < 10; round++) {
            ItemName talk = talk();
            written(put(talk, 0, "one", "old", "old"));
            List<Object> answers = atOnce(3, i -> i == 1 ? port.drop(her, talk).<Object>map("dropped") : port.put(her, put(talk, 1, "two", "late " + i)).<Object>map(answer -> answer));
            assertEquals("dropped", answers.get(1));
            assertEquals(Optional.empty(), find(talk));
            written(put(talk, 0, "anew", "new"));
            written(put(talk, 1, "anew", "newer"));
            assertEquals(List.of("new", "newer"), lines(talk));
            done(port.drop(her, talk));
        }
    }

    // seen failing: with lives() answering true; with the day of an item's lines not moved on (MongoDB)
    @Test
    @DisplayName("a conversation is read until 24 hours after its last write, however old its lines; then it is as good as not there, before the sweep too; the other items stay")
    final void expiry() throws Exception {
        ItemName talk = talk();
        written(put(KEYRING, 0, "keyring"));
        written(put(talk, 0, "one", "a"));
        for (int day = 1; day <= 3; day++) {
            clock.move(Duration.ofHours(23));
            written(put(talk, day, "again", "line " + day));
            sweep(0);
        }
        assertEquals(List.of("a", "line 1", "line 2", "line 3"), lines(talk));
        clock.move(VaultRules.TALK_KEPT);
        assertEquals(Set.of(KEYRING), Set.copyOf(done(port.all(her)).stream().map(Item::name).toList()));
        assertEquals(Optional.empty(), done(port.lines(her, talk, 0)));
        refused(Problem.NOT_NOW, put(talk, 4, "late"));
        written(put(talk, 0, "anew", "b"));
        assertEquals(List.of("b"), lines(talk));
        clock.move(VaultRules.TALK_KEPT);
        sweep(1);
        sweep(0);
        assertEquals(Set.of(KEYRING), Set.copyOf(done(port.all(her)).stream().map(Item::name).toList()));
    }

    final void sweep(int destroyed) throws Exception {
        assertEquals(destroyed, done(port.purge().purge(LocalDate.ofInstant(clock.now(), ZoneOffset.UTC), 100)));
    }

    @Test
    @DisplayName("all that one person has is destroyed, and nothing of anybody else")
    final void destroy() throws Exception {
        ItemName talk = talk();
        StaffId other = new StaffId(id());
        written(put(KEYRING, 0, "keyring"));
        written(put(talk, 0, "one", "a"));
        written(put(talk, 1, "two", "b"));
        done(port.put(other, put(talk, 0, "another's", "c")));
        assertEquals(Set.of(port.tag(her), port.tag(other)), done(port.people()));
        done(port.destroy(port.tag(her)));
        done(port.destroy(port.tag(her)));
        assertEquals(List.of(), done(port.all(her)));
        assertEquals(Set.of(port.tag(other)), done(port.people()));
        assertEquals("c", text(done(port.lines(other, talk, 0)).orElseThrow().lines().getFirst().body()));
    }

    // seen failing: with the staff read before the vaults' people, somebody who joined in between lost hers
    @Test
    @DisplayName("the sweep destroys the vaults of whoever is on the staff no more, and no others")
    final void leftBehind() throws Exception {
        StaffId gone = new StaffId(id());
        written(put(KEYRING, 0, "keyring"));
        done(port.put(gone, put(KEYRING, 0, "keyring")));
        StaffId joins = new StaffId(id());
        LeftBehind purge = new LeftBehind(port, () -> port.put(joins, put(KEYRING, 0, "new")).map(Set.of(her, joins)));
        assertEquals(1, done(purge.purge(LocalDate.EPOCH, 100)));
        assertEquals(new TreeSet<>(Set.of(port.tag(her), port.tag(joins))), new TreeSet<>(done(port.people())));
        assertEquals(0, done(purge.purge(LocalDate.EPOCH, 100)));
    }

    @Test
    @DisplayName("what is stored is under its own person: the same name of another person is another item")
    final void names() throws Exception {
        Id16 claim = id();
        written(put(new ItemName(claim.text()), 0, "hers"));
        StaffId other = new StaffId(id());
        assertEquals(Outcome.done(1L), done(port.put(other, put(new ItemName(claim.text()), 0, "another's"))));
        done(port.drop(other, new ItemName(claim.text())));
        assertTrue(find(new ItemName(claim.text())).isPresent());
    }
}
