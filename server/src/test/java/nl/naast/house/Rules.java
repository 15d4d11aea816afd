package nl.naast.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Set;

/**
 * The house rules of packages, each for a root package: the real one, or the twin that breaks it. Who needs an exception writes it here with the reason.
 */
final class Rules {
    /** Public as a whole: every capability stands on them. */
    private static final Set<String> BASE = Set.of("platform", "access", "audit", "canon", "framing", "wire", "words");
    /** Sealing, tags and randomness; hashes and signatures of the canonical forms; the trial's own keys and the organisation's. Whoever else needs one of these asks there. */
    private static final Set<String> CRYPTO = Set.of("platform", "canon", "trial", "keys");
    /** Programs of their own, whose keys no server may hold. */
    private static final Set<String> PROGRAMS = Set.of("trial", "keys");
    /** One class for the rows that two capabilities share (docs/adr/0003). */
    private static final Set<String> SHARED_ROWS = Set.of("SqliteConversationRows", "MongoConversationRows");

    /** What an announcement is made to is there before the capabilities that announce, and before the module whose sockets hear it. */
    private static final Set<String> MADE_FIRST = Set.of("LiveAnnouncer");

    private final String root;

    Rules(String root) {
        this.root = root;
    }

    ArchRule noCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /** Public are doors, and what goes through them: ids, outcomes, ports and the values they carry. Behaviour hides. */
    ArchRule publicIsADecision() {
        return classes().that(in("anything but a base package, boot and the root", type -> !BASE.contains(slice(type)) && !slice(type).equals("boot") && !slice(type).isEmpty()))
            .and().arePublic().and().areTopLevelClasses()
            .should(ArchConditions.be(in("a module, a value, a port or a program", Rules::mayBePublic))).allowEmptyShould(true);
    }

    ArchRule driverStaysInStores() {
        return noClasses().that(in("no store and not in platform", type -> !named(type, "Sqlite.*|Mongo.*") && !slice(type).equals("platform")))
            .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "org.sqlite..", "com.mongodb..", "org.bson..");
    }

    ArchRule webStaysAtTheEdge() {
        return noClasses().that(in("neither edge nor boot", type -> !named(type, ".*Routes|.*Handler") && !slice(type).equals("boot")))
            .should().dependOnClassesThat().resideInAPackage("io.vertx.ext.web..");
    }

    ArchRule cryptoStaysInItsRooms() {
        return noClasses().that(in("not platform, canon, trial or keys", type -> !CRYPTO.contains(slice(type)))).should().dependOnClassesThat().resideInAnyPackage("javax.crypto..", "java.security..");
    }

    /** The second implementation of so much is for the root's own file; the server has the JDK's. */
    ArchRule bouncyCastleStaysWithKeys() {
        return noClasses().that(in("not keys", type -> !slice(type).equals("keys"))).should().dependOnClassesThat().resideInAPackage("org.bouncycastle..");
    }

    /** A use case is named with a verb; what has one of the other roles in its name is none. On an event loop await throws, in a store it would stop the writer. */
    ArchRule awaitOnlyInUseCases() {
        return noClasses().that(in("no use cases", type -> named(type, "Sqlite.*|Mongo.*|.*Routes|.*Handler|.*Module|.*Verticle") || slice(type).equals("boot") || slice(type).equals("platform") || slice(type).equals("live")))
            .should().callMethodWhere(DescribedPredicate.describe("Future.await", call -> call.getName().equals("await") && call.getTargetOwner().getName().equals("io.vertx.core.Future")));
    }

    /** Boot alone makes the modules; whom it hands them to may call them, one way (see the cycles). */
    ArchRule onlyBootOpensDoors() {
        return noClasses().that(in("not in boot", type -> !slice(type).equals("boot"))).should(new ArchCondition<JavaClass>("make the module of another capability") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaConstructorCall call : type.getConstructorCallsFromSelf()) {
                    JavaClass target = call.getTargetOwner();
                    boolean opens = !slice(target).isEmpty() && target.getSimpleName().endsWith("Module") && !slice(target).equals(slice(type));
                    events.add(new SimpleConditionEvent(type, opens, call.getDescription()));
                }
            }
        });
    }

    /** Whoever has something to count says it in its own words: a label is thought about in one place. */
    ArchRule figuresAreMadeInOneRoom() {
        return noClasses().that(in("not metrics", type -> !slice(type).equals("metrics"))).should().dependOnClassesThat().resideInAnyPackage("io.prometheus..", "io.micrometer..", "io.vertx.core.spi.metrics..");
    }

    /** A log that takes texts takes people in, sooner or later. The program's two lines for whoever starts it, and the programs of their own, are printed. */
    ArchRule linesAreWrittenInOneRoom() {
        return noClasses().that(in("not the log's, the root's or a program's", type -> !(slice(type).equals("platform") && named(type, "Log|LogCode|LogLine|LogFormat")) && !slice(type).isEmpty() && !PROGRAMS.contains(slice(type))))
            .should().dependOnClassesThat().resideInAnyPackage("org.slf4j..", "java.util.logging..", "io.vertx.core.logging..", "io.netty.util.internal.logging..")
            .orShould().dependOnClassesThat().areAssignableTo(System.Logger.class)
            .orShould().accessField(System.class, "out").orShould().accessField(System.class, "err").orShould().callMethod(Throwable.class, "printStackTrace");
    }

    ArchRule nobodyKnowsPrograms() {
        return PROGRAMS.stream().sorted().map(program -> root + "." + program + "..")
            .map(program -> (ArchRule) noClasses().that().resideOutsideOfPackage(program).should().dependOnClassesThat().resideInAPackage(program))
            .reduce((one, other) -> CompositeArchRule.of(one).and(other)).orElseThrow();
    }

    ArchRule nobodyKnowsTheRoot() {
        return noClasses().should().dependOnClassesThat(in("of the root package, from elsewhere", type -> type.getPackageName().equals(root) && !type.isNestedClass()))
            .allowEmptyShould(true);
    }

    private static boolean mayBePublic(JavaClass type) {
        boolean value = type.isRecord() || type.isEnum() || type.isInterface() || type.isAssignableTo(Throwable.class);
        boolean program = type.getMethods().stream().anyMatch(method -> method.getName().equals("main") && method.getModifiers().contains(JavaModifier.STATIC));
        String name = type.getSimpleName();
        // A module hands out its routes to boot, which alone has the routers.
        return name.endsWith("Module") || name.endsWith("Routes") || value || program || SHARED_ROWS.contains(name) || MADE_FIRST.contains(name);
    }

    /** The capability's name: the package right under the root; empty for the root itself and for what is not ours. */
    private String slice(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.")[0] : "";
    }

    /** By the name of the outermost class: what a store or an edge nests belongs to it. */
    private static boolean named(JavaClass type, String pattern) {
        String inPackage = type.getName().substring(type.getPackageName().length() + 1);
        return inPackage.split("\\$")[0].matches(pattern);
    }

    private static DescribedPredicate<JavaClass> in(String what, java.util.function.Predicate<JavaClass> test) {
        return DescribedPredicate.describe(what, test);
    }
}
