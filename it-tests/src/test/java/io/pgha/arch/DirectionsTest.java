package io.pgha.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Dependencies between modules and packages point one way (design.md, "The house"). */
@ArchTag("arch")
@AnalyzeClasses(packages = "io.pgha", importOptions = DoNotIncludeTests.class)
class DirectionsTest {
    /** Module to the modules that it may use; the order is that of the design. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "core", Set.of(),
            "tls", Set.of(),
            "config", Set.of("core"),
            "dcs", Set.of("core", "tls"),
            "postgres", Set.of("core"),
            "restapi", Set.of("core", "tls"),
            "agent", Set.of("core", "tls", "config", "dcs", "postgres", "restapi"),
            "ctl", Set.of("core", "tls", "config", "dcs"),
            "sim", Set.of("core", "config", "dcs", "postgres", "restapi", "agent"),
            "ittests", Set.of("core", "config", "dcs", "postgres", "restapi", "agent", "ctl", "sim"));

    @ArchTest
    static void aModuleUsesOnlyWhatTheDesignAllows(JavaClasses classes) {
        MAY_USE.forEach((module, allowed) -> {
            Set<String> forbidden = new TreeSet<>(MAY_USE.keySet());
            forbidden.removeAll(allowed);
            forbidden.remove(module);
            noClasses()
                    .that()
                    .resideInAPackage(inside(module))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            forbidden.stream().map(DirectionsTest::inside).toArray(String[]::new))
                    .because(module + " may use only "
                            + allowed.stream().sorted().collect(joining(", ", "[", "]")))
                    .check(classes);
        });
    }

    @ArchTest
    static void theSimulatorStandsOnTheMemoryAdapters(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("io.pgha.sim..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pgha.dcs.etcd..", "io.pgha.postgres.jdbc..", "io.pgha.postgres.process..")
                .because("virtual time ends where a real server or process begins")
                .check(classes);
    }

    @ArchTest
    static void packagesFormNoCycles(JavaClasses classes) {
        slices().matching("io.pgha.(**)").should().beFreeOfCycles().check(classes);
    }

    private static String inside(String module) {
        return "io.pgha." + module + "..";
    }
}
