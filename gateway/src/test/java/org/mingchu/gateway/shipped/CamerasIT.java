package org.mingchu.gateway.shipped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.simulator.wire.Camera;
import org.mingchu.simulator.wire.Recorder;
import org.mingchu.simulator.wire.SceneCamera;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A recorder with eight channels at the shipped program: each thing that is wrong, named alone. */
final class CamerasIT {
    private static final int CHANNELS = 8;
    private static final Duration STREAMS_SEEN = Duration.ofSeconds(90);
    private static final Camera.Login LOGIN = new Camera.Login("viewer", "k2-north-door");

    private static final Pattern LINE =
            Pattern.compile(
                    "^(\\S+) +(?:stream|picture|recording|clock|registration) of \\S+ +(.*?) +\\S.*$");

    @TempDir private Path folder;

    @Test
    void what_is_wrong_with_a_recorder_is_named_alone() throws IOException {
        Proof.notInShort();
        var picture = SceneCamera.kitchen(1).snapshot(Instant.EPOCH);
        try (var recorder = new Recorder(CHANNELS, LOGIN, picture, InstantSource.system())) {
            recorder.recordings(Duration.ofDays(40), Duration.ZERO);
            try (var kitchen = kitchen(recorder)) {
                kitchen.start();
                sees(kitchen, "all is well", Map.of());

                recorder.stream(3, Recorder.Stream.MISSING);
                sees(kitchen, "one channel", Map.of("cam-3", "no-such-stream"));
                recorder.stream(3, Recorder.Stream.HEALTHY);

                recorder.off();
                sees(kitchen, "the recorder", Map.of("nvr-1", "refused"));
                recorder.on();
                sees(kitchen, "all is well again", Map.of());
            }
        }
    }

    private void sees(Kitchen kitchen, String what, Map<String, String> wrong) {
        Eventually.within(
                STREAMS_SEEN, what, () -> verdicts(kitchen), () -> wrong(kitchen).equals(wrong));
    }

    private static Map<String, String> wrong(Kitchen kitchen) {
        var wrong = new TreeMap<>(verdicts(kitchen));
        wrong.values().removeIf(v -> v.equals("healthy") || v.equals("unknown"));
        if (verdicts(kitchen).values().stream().noneMatch("healthy"::equals) && wrong.isEmpty()) {
            return Map.of("nobody", "has been looked at");
        }
        return wrong;
    }

    private static Map<String, String> verdicts(Kitchen kitchen) {
        var verdicts = new TreeMap<String, String>();
        var ended =
                Program.run(
                        List.of(
                                Kitchen.PROGRAM,
                                "sensors",
                                "list",
                                "--state",
                                kitchen.state().toString()));
        for (var line : ended.lines()) {
            var match = LINE.matcher(line);
            if (match.matches()) {
                verdicts.put(match.group(1), match.group(2));
            }
        }
        return verdicts;
    }

    private Kitchen kitchen(Recorder recorder) throws IOException {
        var site = new ArrayList<String>();
        site.add(
                """
                [[nvr]]
                id = "nvr-1"
                name = "录像机"
                rtsp = "%s"
                isapi = "%s"
                credentials = "nvr-1"
                since = 2020-01-01
                """
                        .formatted(recorder.rtsp(), recorder.web()));
        for (var channel = 1; channel <= CHANNELS; channel++) {
            site.add(
                    """
                    [[camera]]
                    id = "cam-%d"
                    name = "%d号摄像头"
                    nvr = "nvr-1"
                    channel = %d
                    """
                            .formatted(channel, channel, channel));
        }
        return new Kitchen(
                folder,
                1,
                String.join("\n", site),
                """
                [nvr-1]
                user = "%s"
                password = "%s"
                """
                        .formatted(LOGIN.user(), LOGIN.password()));
    }
}
