package org.mingchu.simulator.check.export;

import org.mingchu.simulator.note.VerifierKey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * The second verifier as a program: {@code [--json] [--key VKEY]... [--witness VKEY]... FILE}. Exit
 * code 0 proven, 1 not proven, 2 wrong usage.
 */
public final class VerifyExport {
    private static final int NOT_PROVEN = 1;
    private static final int USAGE = 2;

    private VerifyExport() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out));
    }

    static int run(String[] args, Appendable out) {
        var device = new ArrayList<VerifierKey>();
        var witnesses = new ArrayList<VerifierKey>();
        var files = new ArrayList<String>();
        var json = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--json" -> json = true;
                case "--key", "--witness" -> {
                    var key = ++i < args.length ? VerifierKey.of(args[i]) : null;
                    if (key == null || key.isEmpty()) {
                        return usage(out, args[i - 1] + ": a C2SP verifier key must follow");
                    }
                    (args[i - 1].equals("--key") ? device : witnesses).add(key.get());
                }
                default -> files.add(args[i]);
            }
        }
        if (files.size() != 1) {
            return usage(out, "exactly one file");
        }
        var report = ExportVerifier.verify(Path.of(files.getFirst()), device, witnesses);
        say(out, json ? report.json() + "\n" : report.text());
        return report.isProven() ? 0 : NOT_PROVEN;
    }

    private static int usage(Appendable out, String why) {
        say(out, why + "\nusage: [--json] [--key VKEY]... [--witness VKEY]... FILE\n");
        return USAGE;
    }

    private static void say(Appendable out, String text) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
