package org.mingchu.gateway.shipped;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Real programs that tests use when they are installed; CI requires them all. */
public final class Peers {
    private Peers() {}

    /**
     * Something else than a program that a test needs of the machine; without it the test is left
     * out, or fails where peers are required.
     *
     * @param remedy what to do, beginning with what is missing
     */
    public static void needs(boolean there, String remedy) {
        if (!there && Boolean.getBoolean("mingchu.peers.required")) {
            Assertions.fail(remedy);
        }
        Assumptions.assumeTrue(there, remedy);
    }

    /** The program's path; else the test is left out, or fails where peers are required. */
    public static Path need(String program) {
        var found = find(program);
        needs(found.isPresent(), program + " is not installed; .ci/peers installs it");
        return found.orElseThrow();
    }

    /** Where it is installed, if it is. */
    static Optional<Path> find(String program) {
        var path = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1));
        return Stream.concat(path, Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
