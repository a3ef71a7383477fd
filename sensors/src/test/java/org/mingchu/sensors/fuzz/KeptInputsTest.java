package org.mingchu.sensors.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/** What the fuzzer once found, at each build. */
final class KeptInputsTest {
    /** Most take microseconds, a picture some milliseconds. */
    private static final Duration EACH_MAX = Duration.ofSeconds(Jazzer.HANG_S);

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void every_kept_input_is_read_or_refused_in_time(FuzzTarget target) throws IOException {
        var kept = target.kept();
        assertThat(kept).isNotEmpty();
        for (var file : kept) {
            var input = Files.readAllBytes(file);
            var fromNs = System.nanoTime();
            try {
                target.feed(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(target + " " + file.getFileName(), e);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - fromNs))
                    .as("%s %s", target, file.getFileName())
                    .isLessThan(EACH_MAX);
        }
    }
}
