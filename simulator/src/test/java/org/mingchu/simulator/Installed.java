package org.mingchu.simulator;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Real peers of other people's making, used where they are installed. */
public final class Installed {
    private Installed() {}

    /**
     * Leaves the test out when {@code program} is not on the path, or fails it when peers are
     * required.
     *
     * @param apt the package that has it
     */
    public static void orSkip(String program, String apt) {
        if (isOnPath(program)) {
            return;
        }
        var remedy = program + " is not installed: apt-get install " + apt;
        if (Boolean.getBoolean("mingchu.peers.required")) {
            fail(remedy);
        }
        abort(remedy);
    }

    private static boolean isOnPath(String program) {
        // mosquitto lives in /usr/sbin, which is not on every path
        var path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
