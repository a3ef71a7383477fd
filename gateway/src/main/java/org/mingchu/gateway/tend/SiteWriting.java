package org.mingchu.gateway.tend;

import org.mingchu.config.Problem;
import org.mingchu.config.board.Change;
import org.mingchu.config.draft.Swap;

import picocli.CommandLine.Model.CommandSpec;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says a change of a site file and writes it, or says why not; the file then is as it was. One
 * thread.
 *
 * @param schema of the JSON
 */
record SiteWriting(CommandSpec spec, String schema, boolean json) {
    static final String SITE = "/etc/mingchu/site.toml";

    /** What only a new start does: the gateway reads its files once. */
    private static final String RESTART =
            "a gateway that runs goes on by the old file until: sudo systemctl restart mingchu";

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.USAGE, file + ": cannot be read (" + e + "); is it the right file?");
        }
    }

    /** A character for each byte, as a {@link Change} has them. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Only shows it. */
    int shown(Change change, List<Problem> remarks) {
        say(change, remarks, false, "not written");
        return ExitCode.OK;
    }

    /** Writes it and says so. */
    int written(Change change, List<Problem> remarks) {
        try {
            Swap.write(change);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%s: not written (%s); as root: sudo mingchu …"
                            .formatted(change.file(), e.getMessage()));
        }
        var old = change.before().isPresent() ? "; as it was: " + change.file() + Swap.OLD : "";
        say(change, remarks, true, "written: " + change.file() + old);
        if (!json && change.before().isPresent()) {
            spec.commandLine().getErr().println(RESTART);
        }
        return ExitCode.OK;
    }

    private void say(Change change, List<Problem> remarks, boolean written, String words) {
        if (json) {
            print(out -> {
                out.writeStringProperty("file", change.file().toString());
                out.writeBooleanProperty("written", written);
                out.writeStringProperty("diff", change.diff());
                ProblemJson.write(out, remarks);
            });
            return;
        }
        remarks.forEach(remark -> spec.commandLine().getErr().println(remark.text()));
        spec.commandLine().getOut().print(change.diff());
        spec.commandLine().getOut().println(words);
        spec.commandLine().getOut().flush();
    }

    /** The file cannot be used so; with each error's line. */
    CommandFailed refused(List<Problem> problems, String why) {
        if (json) {
            print(out -> {
                out.writeBooleanProperty("written", false);
                ProblemJson.write(out, problems);
            });
        } else {
            problems.stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .forEach(problem -> spec.commandLine().getErr().println(problem.text()));
        }
        return new CommandFailed(ExitCode.CONFIGURATION_INVALID, why);
    }

    private void print(Consumer<JsonGenerator> body) {
        var text = new StringWriter();
        try (var out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("schema", schema);
            body.accept(out);
            out.writeEndObject();
        }
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}
