package nl.naast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import nl.naast.access.StaffId;
import nl.naast.access.TokenHash;
import nl.naast.canon.Hash;
import nl.naast.conversation.ConversationId;
import nl.naast.platform.Base64Url;
import nl.naast.platform.Clock;
import nl.naast.platform.RandomSource;
import nl.naast.platform.Wrap;
import nl.naast.report.Reports.Added;
import nl.naast.support.Contract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the port {@link Reports} promises, whatever keeps it. */
abstract class ReportsContract extends Contract {
    static final ReportRules RULES = ReportRules.standard();
    private static final TokenHash VISITOR = new TokenHash("AAAA");

    Reports port;
    final StaffId anna = new StaffId(id());
    final StaffId bea = new StaffId(id());

    abstract Reports open(Wrap wrap, Clock clock) throws Exception;

    /** What lies in the store for a report, as bytes of its sealed half. */
    abstract List<byte[]> sealed() throws Exception;

    @BeforeEach
    final void port() throws Exception {
        port = open(wrap, clock);
    }

    final Report report(ConversationId conversation, int bytes, StaffId... to) {
        List<Report.Box> boxes = List.of(to).stream().map(who -> new Report.Box(who, Hash.of(who.id().bytes()), random(bytes), Optional.empty())).toList();
        return Report.fresh(new ReportId(id()), VISITOR, conversation, boxes, clock.now(), RULES);
    }

    static ConversationId talk() {
        return new ConversationId(id());
    }

    static byte[] random(int bytes) {
        return RandomSource.system().bytes(bytes);
    }

    private Report answered(Report report, StaffId who) {
        return report.answered(who, new Answer(random(500), random(8192)), clock.now(), RULES);
    }

    /** All of it, as text. */
    private static String shown(Report report) {
        List<String> boxes = report.boxes().stream().map(box -> box.who().id().text() + " " + box.to() + " " + Base64Url.encode(box.box())
            + box.answer().map(answer -> " " + Base64Url.encode(answer.statement()) + " " + Base64Url.encode(answer.box())).orElse("")).toList();
        return List.of(report.id().id().text(), report.visitor().text(), report.conversation().id().text(), report.expiresAt(), report.version(), boxes).toString();
    }

    private void same(Report expected, Optional<Report> found) {
        assertEquals(shown(expected), found.map(ReportsContract::shown).orElse("none"));
    }

    @Test
    @DisplayName("what was added is found, whole, by its id and by each coordinator it is sealed to, and by nobody else")
    final void found() throws Exception {
        Report two = report(talk(), 300, anna, bea);
        Report one = report(talk(), 300, bea);
        assertEquals(List.of(Added.ADDED, Added.ADDED), List.of(done(port.add(two)), done(port.add(one))));
        same(two, done(port.find(two.id())));
        same(one, done(port.find(one.id())));
        assertEquals(List.of(shown(two)), done(port.of(anna)).stream().map(ReportsContract::shown).toList());
        assertEquals(Set.of(two.id(), one.id()), Set.copyOf(done(port.of(bea)).stream().map(Report::id).toList()));
        assertEquals(List.of(), done(port.of(new StaffId(id()))));
        assertEquals(Optional.empty(), done(port.find(new ReportId(id()))));
    }

    // seen failing: with the id not looked for first: the same again failed (SQLite), and never came to an end (MongoDB)
    @Test
    @DisplayName("an id is taken once, by ten at once too; who comes later changes nothing")
    final void once() throws Exception {
        Report first = report(talk(), 300, anna, bea);
        List<Added> answers = atOnce(10, i -> port.add(first));
        assertEquals(1, answers.stream().filter(Added.ADDED::equals).count());
        assertEquals(9, answers.stream().filter(Added.THERE::equals).count());
        Report other = report(talk(), 300, bea);
        Report sameId = new Report(first.id(), other.visitor(), other.conversation(), other.boxes(), other.expiresAt(), 1);
        assertEquals(Added.THERE, done(port.add(sameId)));
        same(first, done(port.find(first.id())));
    }

    // seen failing: with the limit one higher (both stores)
    @Test
    @DisplayName("three of one conversation, also when ten come at once; another conversation has its own")
    final void three() throws Exception {
        ConversationId talk = talk();
        List<Report> ten = IntStream.range(0, 10).mapToObj(i -> report(talk, 100, anna, bea)).toList();
        List<Added> answers = atOnce(10, i -> port.add(ten.get(i)));
        assertEquals(3, answers.stream().filter(Added.ADDED::equals).count(), answers.toString());
        assertEquals(7, answers.stream().filter(Added.FULL::equals).count(), answers.toString());
        assertEquals(3, done(port.of(anna)).size());
        assertEquals(Added.ADDED, done(port.add(report(talk(), 100, anna))));
    }

    // seen failing: with the version left out of the condition, the later of two answers wrote over the earlier (both stores)
    @Test
    @DisplayName("an answer is written on what was read, or not at all")
    final void conditional() throws Exception {
        Report seen = report(talk(), 300, anna, bea);
        done(port.add(seen));
        Report hers = answered(seen, anna);
        assertTrue(done(port.change(hers)));
        assertFalse(done(port.change(answered(seen, bea))));
        same(hers, done(port.find(seen.id())));
        Report both = answered(hers, bea);
        assertTrue(done(port.change(both)));
        same(both, done(port.find(seen.id())));
        assertFalse(done(port.change(answered(report(talk(), 300, anna), anna))), "there is no such report");
    }

    // seen failing: with find and of not filtered by the clock (both stores)
    @Test
    @DisplayName("after its time it is not answered, though no sweep came; the sweep destroys it and nothing else")
    final void expires() throws Exception {
        Report report = report(talk(), 300, anna, bea);
        done(port.add(report));
        clock.move(RULES.kept().minusMinutes(1));
        Report younger = report(talk(), 300, anna, bea);
        done(port.add(younger));
        assertTrue(done(port.find(report.id())).isPresent());
        clock.move(Duration.ofMinutes(1));
        assertEquals(Optional.empty(), done(port.find(report.id())));
        assertEquals(List.of(younger.id()), done(port.of(bea)).stream().map(Report::id).toList());
        assertEquals(2, sealed().size());
        assertEquals(1, sweep());
        assertEquals(1, sealed().size());
        assertEquals(0, sweep());
    }

    // seen failing: with the day left out of change(), the row lay for the whole month (both stores)
    @Test
    @DisplayName("when everybody has answered it goes after a week; with one answer missing, or later than that, at its own time")
    final void answered() throws Exception {
        Report seen = report(talk(), 300, anna, bea);
        done(port.add(seen));
        Report one = answered(seen, anna);
        done(port.change(one));
        assertEquals(seen.expiresAt(), one.expiresAt());
        Report both = answered(one, bea);
        done(port.change(both));
        clock.move(RULES.afterAnswers());
        assertEquals(Optional.empty(), done(port.find(seen.id())));
        assertEquals(1, sweep());
        Report late = report(talk(), 300, anna);
        done(port.add(late));
        clock.move(RULES.kept().minusDays(1));
        assertEquals(late.expiresAt(), answered(late, anna).expiresAt());
    }

    private int sweep() throws Exception {
        return done(port.purge().purge(LocalDate.ofInstant(clock.now(), ZoneOffset.UTC), 100));
    }

    // seen failing: without the blanks behind it, three rows had three sizes (both stores)
    @Test
    @DisplayName("every row has the same size, with one box or two, short or long, answered or not")
    final void oneSize() throws Exception {
        Report longest = report(talk(), 8192, anna, bea);
        done(port.add(longest));
        Report one = answered(longest, anna);
        done(port.change(one));
        done(port.change(answered(one, bea)));
        done(port.add(report(talk(), 82, anna)));
        done(port.add(report(talk(), 5000, anna, bea)));
        assertEquals(3, sealed().size());
        assertEquals(1, sealed().stream().map(each -> each.length).distinct().count());
    }
}
