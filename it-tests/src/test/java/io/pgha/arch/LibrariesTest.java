package io.pgha.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Each library is imported in one place, so that it can be exchanged there. */
@ArchTag("arch")
@AnalyzeClasses(packages = "io.pgha", importOptions = DoNotIncludeTests.class)
class LibrariesTest {
    private static final List<Library> LIBRARIES = List.of(
            new Library(
                    "etcd",
                    List.of("io.etcd..", "io.grpc..", "io.vertx..", "io.netty..", "com.google.protobuf.."),
                    List.of("dcs.etcd")),
            new Library(
                    "SQL",
                    List.of("java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer.."),
                    List.of("postgres")),
            new Library(
                    "HTTP server",
                    List.of("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty.."),
                    List.of("restapi")),
            new Library("metrics", List.of("io.prometheus.."), List.of("restapi")),
            new Library("HTTP client", List.of("java.net.http.."), List.of("agent", "ctl")),
            // hactl prints YAML, too.
            new Library(
                    "YAML", List.of("com.fasterxml.jackson.dataformat.yaml..", "org.yaml.."), List.of("config", "ctl")),
            new Library(
                    "JSON", List.of("com.fasterxml.jackson.."), List.of("agent", "config", "ctl", "dcs", "restapi")),
            new Library("command line", List.of("picocli.."), List.of("agent", "ctl")),
            new Library("syscalls", List.of("com.sun.jna.."), List.of("agent", "postgres")),
            new Library("logging backend", List.of("ch.qos.logback.."), List.of("agent")),
            new Library(
                    "logging", List.of("org.slf4j.."), List.of("agent", "ctl", "dcs", "postgres", "restapi", "sim")),
            new Library("null checks of others", List.of("javax.annotation..", "org.jetbrains.."), List.of()),
            new Library(
                    "stray libraries",
                    List.of(
                            "com.google.common..",
                            "com.google.gson..",
                            "com.google.errorprone..",
                            "kotlin..",
                            "java.util.logging.."),
                    List.of()));

    @ArchTest
    static void aLibraryIsImportedWhereItBelongs(JavaClasses classes) {
        LIBRARIES.forEach(library -> library.onlyWhereItBelongs().check(classes));
    }

    private record Library(String name, List<String> packages, List<String> homes) {
        ArchRule onlyWhereItBelongs() {
            return noClasses()
                    .that()
                    .resideInAPackage("io.pgha..")
                    .and()
                    .resideOutsideOfPackages(
                            homes.stream().map(home -> "io.pgha." + home + "..").toArray(String[]::new))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages.toArray(String[]::new))
                    .because(name + " belongs to " + homes);
        }
    }
}
