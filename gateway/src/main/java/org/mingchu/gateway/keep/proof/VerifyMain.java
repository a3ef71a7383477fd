package org.mingchu.gateway.keep.proof;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The verifier as a program of its own: {@code java -jar mingchu-verify.jar FILE}. Needs a JRE and
 * nothing else. Exit codes: 0 proven, 1 a check failed, 2 wrong usage.
 */
public final class VerifyMain {
    private static final int PROVEN = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /** The longest file of keys, bytes. */
    private static final long MAX_KEY_FILE = 64 << 10;

    /** Progress is shown for every so many files: notes are small and many. */
    private static final int FILES_PER_STEP = 200;

    private static final String HELP =
            """
            usage: java -jar mingchu-verify.jar FILE [--key KEY] [--witness KEY] [--json]

              FILE           an export of mingchu (kfs/export/1)
              --key KEY      the device's key: a verifier key (name+id+key) or a file of them;
                             without it the export's own key is taken and its fingerprint shown
              --witness KEY  a platform's key, likewise; may be given several times
              --json         the report as one line of JSON

            exit code: 0 proven, 1 a check failed, 2 wrong usage\
            """;

    private VerifyMain() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, System.err, System.console()));
    }

    /** The whole program but the end of its process. */
    public static int run(
            List<String> args, PrintStream out, PrintStream err, @Nullable Console console) {
        if (args.contains("--help") || args.contains("-h")) {
            out.println(HELP);
            return PROVEN;
        }
        try {
            var asked = Asked.read(args);
            var terminal = console != null && console.isTerminal() && !asked.json();
            var report =
                    Verifier.verify(
                            asked.file(),
                            asked.given(),
                            (name, number, of) -> {
                                if (terminal && (number % FILES_PER_STEP == 1 || number == of)) {
                                    err.printf("\r%d of %d files ", number, of);
                                }
                            });
            if (terminal) {
                err.print("\r                                \r");
            }
            if (asked.json()) {
                out.println(ReportJson.of(report));
            } else {
                ReportText.of(report).forEach(out::println);
            }
            return report.proven() ? PROVEN : FAILED;
        } catch (Misused e) {
            err.println(e.getMessage());
            err.println(HELP);
            return USAGE;
        }
    }

    private static final class Misused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Misused(String message) {
            super(message);
        }
    }

    private record Asked(Path file, Verifier.Given given, boolean json) {
        static Asked read(List<String> args) {
            Optional<Path> file = Optional.empty();
            var device = new ArrayList<VerifierKey>();
            var witnesses = new ArrayList<VerifierKey>();
            var json = false;
            for (var words = args.iterator(); words.hasNext(); ) {
                var word = words.next();
                switch (word) {
                    case "--json" -> json = true;
                    case "--key", "--witness" -> {
                        if (!words.hasNext()) {
                            throw new Misused(word + " needs a key or a file of keys");
                        }
                        (word.equals("--key") ? device : witnesses)
                                .addAll(keys(word, words.next()));
                    }
                    default -> {
                        if (word.startsWith("-") || file.isPresent()) {
                            throw new Misused("what is '" + word + "'?");
                        }
                        file = Optional.of(path(word));
                    }
                }
            }
            var export = file.orElseThrow(() -> new Misused("which file?"));
            if (!Files.isReadable(export) || Files.isDirectory(export)) {
                throw new Misused(export + ": no such file, or it may not be read");
            }
            try {
                return new Asked(export, new Verifier.Given(device, witnesses), json);
            } catch (NoteException e) {
                throw new Misused(String.valueOf(e.getMessage()));
            }
        }

        private static List<VerifierKey> keys(String option, String word) {
            try {
                var file = word.contains("+") ? Optional.<Path>empty() : Optional.of(path(word));
                if (file.isEmpty()) {
                    return List.of(VerifierKey.parse(word));
                }
                if (Files.size(file.get()) > MAX_KEY_FILE) {
                    throw new Misused(option + " " + word + ": too long for a file of keys");
                }
                var keys = VerifierKey.parseAll(Files.readString(file.get()));
                if (keys.isEmpty()) {
                    throw new Misused(option + " " + word + ": no key in it");
                }
                return keys;
            } catch (IOException e) {
                throw new Misused(option + " " + word + ": it cannot be read");
            } catch (NoteException e) {
                throw new Misused(option + " " + word + ": " + e.getMessage());
            }
        }

        private static Path path(String word) {
            try {
                return Path.of(word);
            } catch (InvalidPathException e) {
                throw new Misused("no file name: '" + word + "'");
            }
        }
    }
}
