package org.mingchu.sensors.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.sensors.Proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/**
 * Each reader of foreign bytes against a fuzzer that sees its branches, {@code
 * mingchu.fuzz.seconds} each ({@code ./mvnw test -Pproof -pl sensors -am -Dtest=JazzerTest}).
 * {@code -Dmingchu.fuzz.targets=SIP.*} chooses among them; {@code -Dmingchu.fuzz.keep=true} adds
 * what was found to the kept inputs. What breaks a target lies in {@code target/fuzz}.
 */
final class JazzerTest {
    private static final Path WORK = Path.of("target", "fuzz");
    private static final Path RESOURCES = Path.of("src", "test", "resources", "fuzz");
    private static final int SECONDS = Integer.getInteger("mingchu.fuzz.seconds", 600);

    /** Chance alone would need hours. */
    private static final int PLANTED_S_MAX = 60;

    /** With a finding; libFuzzer has others for a hang (70) and for growth (71). */
    private static final int FINDING = 77;

    @BeforeAll
    static void only_in_the_long_form() {
        Proof.onlyLong();
    }

    /** A fuzzer that cannot read these class files says so in a warning, runs on and is green. */
    @Test
    void the_fuzzer_sees_the_branches_of_our_classes() throws Exception {
        var run = jazzer("planted", PlantedFault.class).fuzz(PLANTED_S_MAX, 64, List.of());

        assertThat(run.status()).as(run.fault()).isEqualTo(FINDING);
        assertThat(run.fault()).contains("planted");
        assertThat(run.covered()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void nothing_breaks_hangs_or_grows(FuzzTarget target) throws Exception {
        Assumptions.assumeTrue(
                target.name().matches(System.getProperty("mingchu.fuzz.targets", ".*")));
        var jazzer = jazzer(target.folder(), target.type());
        var run = jazzer.fuzz(SECONDS, target.bytesMax(), target.folders());

        assertThat(run.status()).as(run.fault()).isZero();
        assertThat(run.covered()).as("branches seen, or it was blind: " + run.log()).isPositive();
        System.out.printf(
                "fuzz %s: %d inputs in %d s, cov %d, ft %d, corpus %d, peak RSS %d MB, %d new%n",
                target.folder(),
                run.executed(),
                SECONDS,
                run.covered(),
                run.features(),
                run.inputs(),
                run.peakRssMb(),
                news(jazzer, target));
    }

    private static Jazzer jazzer(String name, Class<?> target) throws IOException {
        var folder = WORK.resolve(name).toAbsolutePath();
        clear(folder);
        return new Jazzer(Files.createDirectories(folder), target);
    }

    /** How many inputs reach what none that is kept reaches; keeps them when it is told to. */
    private static int news(Jazzer jazzer, FuzzTarget target)
            throws IOException, InterruptedException {
        var merged = Files.createDirectories(WORK.resolve(target.folder()).resolve("merged"));
        var kept = target.kept();
        for (var i = 0; i < kept.size(); i++) {
            // Two folders may have files of one name.
            Files.copy(kept.get(i), merged.resolve(i + "-" + kept.get(i).getFileName()));
        }
        var before = FuzzTarget.files(merged).toList();
        var run = jazzer.merge(target.bytesMax(), merged.toAbsolutePath());
        assertThat(run.status()).as(run.fault()).isZero();
        var found = FuzzTarget.files(merged).filter(f -> !before.contains(f)).toList();
        if (Boolean.getBoolean("mingchu.fuzz.keep")) {
            var folder = Files.createDirectories(RESOURCES.resolve(target.folder()));
            for (var file : found) {
                Files.copy(
                        file,
                        folder.resolve(file.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return found.size();
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
