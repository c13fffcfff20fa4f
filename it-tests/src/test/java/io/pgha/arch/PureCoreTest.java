package io.pgha.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.regex.Pattern;

/** What decides may not look at the world by itself: it is handed a {@code Situation}, and the same one gives the same answer. */
@ArchTag("arch")
@AnalyzeClasses(packages = "io.pgha", importOptions = DoNotIncludeTests.class)
class PureCoreTest {
    private static final Set<String> IMPURE_TYPES = Set.of(
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.lang.ClassLoader",
            "java.time.Clock",
            "java.util.Random",
            "java.util.ServiceLoader",
            "java.util.SplittableRandom",
            "java.util.Scanner",
            "java.util.Timer",
            "java.util.TimerTask");

    private static final Pattern IMPURE_SYSTEM_METHOD = Pattern.compile(
            "currentTimeMillis|nanoTime|getenv|getProperty|getProperties|setProperty|exit|console|load.*");

    private static final DescribedPredicate<JavaClass> ALLOWED = resideInAPackage("io.pgha.core..")
            .or(resideInAnyPackage(
                    "java.lang..", "java.util", "java.util.function", "java.util.regex", "java.util.stream"))
            .or(resideInAnyPackage("java.time..", "java.math", "java.text"))
            .or(resideInAnyPackage("org.jspecify.annotations"))
            .or(DescribedPredicate.describe(
                    "are TimeUnit", type -> type.getName().equals("java.util.concurrent.TimeUnit")))
            .or(DescribedPredicate.describe(
                    "are charsets", type -> type.getPackageName().equals("java.nio.charset")))
            .or(DescribedPredicate.describe(
                    "are primitive", type -> type.getBaseComponentType().isPrimitive()));

    private static final DescribedPredicate<JavaCall<?>> READS_THE_WORLD =
            DescribedPredicate.describe("read a clock, the environment or chance", PureCoreTest::readsTheWorld);

    @ArchTest
    static final ArchRule coreUsesOnlyItselfAndTheHarmlessPartOfTheJdk = classes()
            .that()
            .resideInAPackage("io.pgha.core..")
            .should()
            .onlyDependOnClassesThat(ALLOWED)
            .because("core has no I/O, no network, no SQL, no threads, no logger and no library");

    @ArchTest
    static final ArchRule coreTouchesNoProcessThreadClockOrRandomness = noClasses()
            .that()
            .resideInAPackage("io.pgha.core..")
            .should()
            .dependOnClassesThat(
                    DescribedPredicate.describe("reach outside", type -> IMPURE_TYPES.contains(type.getName())));

    @ArchTest
    static final ArchRule coreAndTheLoopReadNoClockAndNoEnvironment = noClasses()
            .that()
            .resideInAnyPackage("io.pgha.core..", "io.pgha.agent.loop..")
            .should()
            .callMethodWhere(READS_THE_WORLD)
            .because("the time is part of what is handed in; otherwise nothing can be simulated");

    @ArchTest
    static final ArchRule whatCoreRemembersIsNeverMutated = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.pgha.core..")
            .and()
            // A builder lives for one expression, and so does what a planner or a parser works with inside its package.
            .areDeclaredInClassesThat()
            .haveSimpleNameNotEndingWith("Builder")
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule theModelIsMadeOfRecordsEnumsAndInterfaces = classes()
            .that()
            .resideInAPackage("io.pgha.core.model..")
            .and()
            .areNotAnonymousClasses()
            .should(Conditions.beImmutableByShape());

    private static boolean readsTheWorld(JavaCall<?> call) {
        CodeUnitCallTarget target = call.getTarget();
        String owner = target.getOwner().getName();
        return switch (owner) {
            case "java.lang.System" ->
                IMPURE_SYSTEM_METHOD.matcher(target.getName()).matches();
            case "java.lang.Math", "java.lang.StrictMath" -> target.getName().equals("random");
            case "java.util.UUID" -> target.getName().equals("randomUUID");
            case "java.util.Date" ->
                target.getName().equals("<init>")
                        && target.getRawParameterTypes().isEmpty();
            default -> owner.startsWith("java.time.") && target.getName().equals("now");
        };
    }
}
