package nl.naast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.naast.platform.MongoTables;
import nl.naast.support.Contract;
import nl.naast.support.MongoCommands;
import nl.naast.support.MongoSubset;
import org.bson.BsonDocument;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** All that is asked of a MongoDB stands in docs/running.md, and nothing else stands there. What is too much fails in each contract at once ({@link Contract}); what is too little is known when all of them have run: they run here. */
@DisplayName("What MongoDB is asked")
class SubsetTest extends Contract {
    // seen failing: with $inc taken out of docs/running.md (sent, not listed), with $push put in (listed, not sent), with a find that hints at an index (find.hint, in the contracts), with MongoAttendanceTest left out of the suites (its collection)
    @Test
    @DisplayName("every command, option and operator that the stores send stands in docs/running.md, and every one that stands there is sent")
    void listed() throws Exception {
        mongo().close();
        assertTrue(done(mongo().answers()));
        assertTrue(contracts() > 40, "the contracts of every store");
        Set<String> silent = Helpline.tables().stream().flatMap(each -> each.tables().stream()).map(MongoTables.Table::name).collect(Collectors.toCollection(TreeSet::new));
        silent.removeAll(COMMANDS.collections());
        assertEquals(Set.of(), silent, "collections that no contract uses: nobody listens to their store");
        MongoSubset subset = MongoSubset.read();
        assertEquals(Set.of(), COMMANDS.unlisted(subset));
        Set<String> unsent = new TreeSet<>(subset.ours());
        unsent.removeAll(COMMANDS.heard());
        assertEquals(Set.of(), unsent, "stands in docs/running.md, and nobody sends it");
    }

    /** @return how many tests ran */
    private static long contracts() throws IOException {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request().selectors(suites().stream().map(suite -> selectClass(suite)).toList()).build(), summary);
        return summary.getSummary().getTestsStartedCount();
    }

    private static List<Class<?>> suites() throws IOException {
        Path classes = Path.of("target/test-classes");
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString()).filter(name -> name.matches(".*/Mongo\\w+Test\\.class"))
                .<Class<?>>map(name -> loaded(name.replace(".class", "").replace('/', '.'))).filter(Contract.class::isAssignableFrom).toList();
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    @DisplayName("the twin: what no store may send is heard, wherever it stands in a command")
    void heard() {
        MongoCommands commands = new MongoCommands();
        for (String command : List.of("{aggregate: 'a'}", "{find: 'a', hint: 'b', filter: {$or: [{a: {$elemMatch: {b: {$regex: 'c'}}}}]}}", "{update: 'a', updates: [{q: {}, u: [{$set: {b: 1}}]}, {q: {}, u: {$set: {'b.$.c': 1}}, collation: {}}]}",
            "{findAndModify: 'a', update: {$push: {b: 1}}, writeConcern: {wtimeout: 1}}", "{delete: 'a', deletes: [{q: {$where: 'b'}}]}", "{createIndexes: 'a', indexes: [{partialFilterExpression: {}}]}")) {
            commands.hear(BsonDocument.parse(command));
        }
        assertEquals(Set.of("aggregate", "find.hint", "filter $elemMatch", "filter $regex", "change by a pipeline", "change in b.$.c", "update.updates.collation", "change $push", "findAndModify.writeConcern.wtimeout", "filter $where",
            "createIndexes.indexes.partialFilterExpression"), commands.unlisted(MongoSubset.read()));
    }
}
