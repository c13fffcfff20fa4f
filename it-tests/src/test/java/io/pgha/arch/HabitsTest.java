package io.pgha.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** How things are named and what nobody does (models.md, sections 3 and 5). */
@ArchTag("arch")
@AnalyzeClasses(packages = "io.pgha", importOptions = DoNotIncludeTests.class)
class HabitsTest {
    private static final List<String> MODULES =
            List.of("core", "config", "dcs", "postgres", "restapi", "agent", "ctl", "sim", "ittests");

    @ArchTest
    static final ArchRule noNameSaysNothing = noClasses()
            .should()
            .haveNameMatching(".*[.$]?(Manager|Helper|Helpers|Util|Utils|Impl)$")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .because("a name says what a thing is for");

    @ArchTest
    static final ArchRule noBaseClasses = noClasses()
            .that(describe(
                    "are abstract classes",
                    type -> !type.isInterface() && type.getModifiers().contains(ABSTRACT)))
            .should()
            .haveSimpleNameStartingWith("Base");

    @ArchTest
    static final ArchRule accessorsAreNamedAfterWhatTheyGive = classes().should(Conditions.haveNoGetters());

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(Conditions.beInANullMarkedPackage());

    @ArchTest
    static final ArchRule onlyTheRuntimeAndProcessCodeSleep = noClasses()
            .that()
            .resideOutsideOfPackages("io.pgha.agent.runtime..", "io.pgha.postgres.process..", "io.pgha.sim..")
            .should()
            .callMethodWhere(describe(
                    "sleep",
                    call -> call.getTarget().getName().equals("sleep")
                            && List.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                                    .contains(call.getTarget().getOwner().getName())));

    @ArchTest
    static final ArchRule onlyEntryPointsEndTheProcess = noClasses()
            .that()
            .resideOutsideOfPackages("io.pgha.agent.runtime..", "io.pgha.ctl..", "io.pgha.sim..")
            .should()
            .callMethodWhere(describe(
                    "end the JVM",
                    call -> List.of("exit", "halt").contains(call.getTarget().getName())
                            && List.of("java.lang.System", "java.lang.Runtime")
                                    .contains(call.getTarget().getOwner().getName())));

    @ArchTest
    static final ArchRule nobodyPrintsAStackTraceAndGoesOn = noClasses()
            .should()
            .callMethodWhere(describe(
                    "print a stack trace",
                    call -> call.getTarget().getName().equals("printStackTrace")
                            && call.getTarget().getOwner().isAssignableTo(Throwable.class)));

    @ArchTest
    static void everyModuleIsLookedAt(JavaClasses classes) {
        assertThat(MODULES)
                .allSatisfy(module ->
                        assertThat(classes.containPackage("io.pgha." + module)).isTrue());
    }
}
