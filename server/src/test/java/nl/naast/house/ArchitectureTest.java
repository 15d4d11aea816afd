package nl.naast.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule holds for the server, and its twin (a tiny class in {@code house.twin}) breaks it: a rule that guards nothing would be seen here. */
class ArchitectureTest {
    private static final JavaClasses SERVER = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("nl.naast");
    private static final JavaClasses TWINS = new ClassFileImporter().importPackages("nl.naast.house.twin");

    /** Each thing that ArchUnit tells ends with where it is. */
    private static final Pattern PLACE = Pattern.compile("\\((\\w+)\\.java:\\d+\\)");

    enum House {
        NO_CYCLES(Rules::noCycles, "Circle", "Opens", "Back"),
        PUBLIC_IS_A_DECISION(Rules::publicIsADecision, "Loud"),
        DRIVER_STAYS_IN_STORES(Rules::driverStaysInStores, "Reads"),
        WEB_STAYS_AT_THE_EDGE(Rules::webStaysAtTheEdge, "Answers"),
        CRYPTO_STAYS_IN_ITS_ROOMS(Rules::cryptoStaysInItsRooms, "Counts"),
        AWAIT_ONLY_IN_USE_CASES(Rules::awaitOnlyInUseCases, "SqliteWaits"),
        ONLY_BOOT_OPENS_DOORS(Rules::onlyBootOpensDoors, "Opens"),
        FIGURES_ARE_MADE_IN_ONE_ROOM(Rules::figuresAreMadeInOneRoom, "Figures"),
        LINES_ARE_WRITTEN_IN_ONE_ROOM(Rules::linesAreWrittenInOneRoom, "Tells", "Prints"),
        BOUNCY_CASTLE_STAYS_WITH_KEYS(Rules::bouncyCastleStaysWithKeys, "Borrows"),
        NOBODY_KNOWS_PROGRAMS(Rules::nobodyKnowsPrograms, "Trusts", "Signs"),
        NOBODY_KNOWS_THE_ROOT(Rules::nobodyKnowsTheRoot, "Climbs");

        private final Function<Rules, ArchRule> rule;
        private final Set<String> offenders;

        House(Function<Rules, ArchRule> rule, String... offenders) {
            this.rule = rule;
            this.offenders = Set.of(offenders);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the server keeps the rule")
    void kept(House house) {
        house.rule.apply(new Rules("nl.naast")).check(SERVER);
    }

    // seen failing: with Circle no part of the circle, with onlyBootOpensDoors naming every constructor call, with a second Loud
    @ParameterizedTest
    @EnumSource
    @DisplayName("the rule's twin breaks it, and only the twin is named")
    void canFail(House house) {
        String said = assertThrows(AssertionError.class, () -> house.rule.apply(new Rules("nl.naast.house.twin")).check(TWINS)).getMessage();
        assertEquals(house.offenders, PLACE.matcher(said).results().map(found -> found.group(1)).collect(Collectors.toSet()), said);
    }
}
