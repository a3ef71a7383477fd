package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** {@code mingchu sensors}: how they are, which are out of service, radio probes. One thread. */
@Command(
        name = "sensors",
        description =
                "Find and name probes; how sensors and cameras are; take one out of service; give"
                        + " radio probes keys.",
        sortOptions = false)
final class SensorsCommand extends PeopleCommand {
    private static final String WHICH = "A sensor or camera; `mingchu journal last` names all.";

    private static final String IDENTITY = "As in coap:IDENTITY/NAME of the site file: probe-1.";

    private static final int PHOTO_BYTES_MAX = 4 << 20;

    private final Verbs verbs;

    SensorsCommand(Verbs verbs) {
        super(verbs, "discover, name, photo, list, out, in, add-probe or revoke-probe");
        this.verbs = verbs;
    }

    @Command(
            name = "out",
            description = "It is taken out of service: what it says alarms nobody.",
            sortOptions = false)
    int out(
            @Parameters(paramLabel = "SENSOR", description = WHICH) String sensor,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--due",
                            required = true,
                            paramLabel = "DATE",
                            description =
                                    "When it is to be back: 2026-12-01 (by the end of that day), or"
                                            + " 2026-12-01T06:30.")
                    String due,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = Saying.WHY)
                    String reason) {
        return ask(said("out", sensor, by).with("due", due).with("reason", reason));
    }

    @Command(name = "in", description = "It is put back into service.", sortOptions = false)
    int in(
            @Parameters(paramLabel = "SENSOR", description = WHICH) String sensor,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            description = "What was done; may be left out.")
                    Optional<String> reason) {
        return ask(said("in", sensor, by).with("reason", reason));
    }

    @Command(
            name = "list",
            description =
                    "Every sensor and camera and its last word; radio probes, and who was not let"
                            + " in.",
            sortOptions = false)
    int list(@Option(names = "--json", description = "For machines.") boolean json) {
        return ask(saying(Act.SENSORS).marked("json", json));
    }

    @Command(
            name = "add-probe",
            description =
                    "A radio probe gets a key of its own, shown once as a QR code; an older key of"
                            + " it ends.",
            sortOptions = false)
    int addProbe(
            @Parameters(paramLabel = "IDENTITY", description = IDENTITY) String identity,
            @Option(
                            names = "--site",
                            defaultValue = "/etc/mingchu/site.toml",
                            paramLabel = "FILE",
                            description =
                                    "Its [coap] says where it reports (default: ${DEFAULT-VALUE}).")
                    Path site,
            @Option(names = "--json", description = "For machines.") boolean json) {
        var enrolled = verbs.addProbe(state(), site, identity);
        var out = out();
        if (json) {
            out.println(json(enrolled));
            return ExitCode.OK;
        }
        Qr.of(enrolled.uri()).lines().forEach(out::println);
        out.println("identity  " + enrolled.identity());
        out.println("key       " + enrolled.keyHex());
        out.println("reports   coaps://" + enrolled.gateway() + "/senml");
        out.println();
        out.println("The key is shown this once. In the site file, for its temperature:");
        out.println("  source = \"coap:" + enrolled.identity() + "/3303/0/5700\"");
        return ExitCode.OK;
    }

    @Command(
            name = "revoke-probe",
            description = "A radio probe's key ends; whoever has it is not let in any more.",
            sortOptions = false)
    int revokeProbe(@Parameters(paramLabel = "IDENTITY", description = IDENTITY) String identity) {
        if (verbs.revokeProbe(state(), identity)) {
            out().println(identity + " is revoked");
            return ExitCode.OK;
        }
        err().println("mingchu: " + identity + " had no key; it is barred now");
        return ExitCode.CHECK_FAILED;
    }

    /** Identity, key and address have no character that JSON would escape. */
    private static String json(Verbs.Enrolled enrolled) {
        return "{\"identity\":\"%s\",\"key\":\"%s\",\"gateway\":\"%s\",\"uri\":\"%s\"}"
                .formatted(
                        enrolled.identity(), enrolled.keyHex(), enrolled.gateway(), enrolled.uri());
    }

    @Command(
            name = "photo",
            description = {
                "Keep a picture of the place where a probe hangs, at the warmest point of its unit."
                        + " What a camera writes beside the picture, such as where it was taken, is"
                        + " left out; the hash goes into the record.",
                "Exit: 0 kept, 1 refused, 2 no such file, 6 no agent runs."
            },
            sortOptions = false)
    int photo(
            @Parameters(index = "0", paramLabel = "SENSOR", description = WHICH) String sensor,
            @Parameters(
                            index = "1",
                            paramLabel = "FILE",
                            description = "A JPEG of at most 12 megapixels and 4 MiB.")
                    Path file,
            @Option(names = "--by", required = true, paramLabel = "PERSON", description = Saying.BY)
                    String by) {
        return ask(
                saying(Act.PHOTO).with("sensor", sensor).with("by", by).with("jpeg", base64(file)));
    }

    private static String base64(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(PHOTO_BYTES_MAX + 1);
            if (bytes.length > PHOTO_BYTES_MAX) {
                throw new CommandFailed(
                        ExitCode.USAGE, file + ": more than 4 MiB; make the picture smaller");
            }
            return Base64.getEncoder().encodeToString(bytes);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.USAGE, file + ": cannot be read (" + e + ")");
        }
    }

    private Saying said(String act, String sensor, String by) {
        return saying(Act.SENSOR).with("act", act).with("sensor", sensor).with("by", by);
    }
}
