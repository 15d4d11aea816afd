package nl.naast.house;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule holds for the server, and its twin (a tiny class in {@code house.twin}) breaks it: a rule that guards nothing would be seen here. */
class ArchitectureTest {
    private static final JavaClasses SERVER = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("nl.naast");
    private static final JavaClasses TWINS = new ClassFileImporter().importPackages("nl.naast.house.twin");

    enum House {
        NO_CYCLES(Rules::noCycles, "Cycle detected"),
        PUBLIC_IS_A_DECISION(Rules::publicIsADecision, "Loud"),
        DRIVER_STAYS_IN_STORES(Rules::driverStaysInStores, "Reads"),
        WEB_STAYS_AT_THE_EDGE(Rules::webStaysAtTheEdge, "Answers"),
        CRYPTO_STAYS_IN_ITS_ROOMS(Rules::cryptoStaysInItsRooms, "Counts"),
        AWAIT_ONLY_IN_USE_CASES(Rules::awaitOnlyInUseCases, "SqliteWaits"),
        ONLY_BOOT_OPENS_DOORS(Rules::onlyBootOpensDoors, "Opens"),
        NOBODY_KNOWS_TRIAL(Rules::nobodyKnowsTrial, "Trusts"),
        NOBODY_KNOWS_THE_ROOT(Rules::nobodyKnowsTheRoot, "Climbs");

        private final Function<Rules, ArchRule> rule;
        private final String offender;

        House(Function<Rules, ArchRule> rule, String offender) {
            this.rule = rule;
            this.offender = offender;
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the server keeps the rule")
    void kept(House house) {
        house.rule.apply(new Rules("nl.naast")).check(SERVER);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the rule's twin breaks it, and only the twin is named")
    void canFail(House house) {
        String said = assertThrows(AssertionError.class, () -> house.rule.apply(new Rules("nl.naast.house.twin")).check(TWINS)).getMessage();
        assertTrue(said.contains(house.offender), said);
    }
}
