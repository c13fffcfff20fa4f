package io.pgha.sim.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.sim.fault.FaultFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/simulation.md name what is there, and leave nothing out. */
class CoverageTest {
    private static final Path PAGE = Path.of("..", "docs", "simulation.md");
    private static final Pattern FAMILY = Pattern.compile("`([A-Z]+(?:_[A-Z]+)*)`");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`");
    private static final Pattern NUMBER = Pattern.compile("^(\\d+):.*");

    private static String covered() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(page.indexOf("## What is covered"));
    }

    private static Set<String> named(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @Test
    void everyFamilyOfFaultsIsNamedAndEveryNameIsOne() throws IOException {
        assertThat(named(FAMILY, covered()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(FaultFamily.values()).map(FaultFamily::name).toList());
    }

    @Test
    void everyTypeThatIsNamedExists() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            Set<String> types = new TreeSet<>();
            sources.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .forEach(name -> types.add(name.substring(0, name.length() - ".java".length())));
            assertThat(types).containsAll(named(TYPE, covered()));
        }
    }

    /** Reliability.md, section 6. */
    @Test
    void allOfTheTwentyEightArePlanted() {
        Set<Integer> planted = new TreeSet<>();
        PlantedBugsTest.bugs()
                .map(PlantedBug::name)
                .map(NUMBER::matcher)
                .filter(Matcher::matches)
                .forEach(found -> planted.add(Integer.valueOf(found.group(1))));
        for (int number = 1; number <= 28; number++) {
            assertThat(planted).contains(number);
        }
    }
}
