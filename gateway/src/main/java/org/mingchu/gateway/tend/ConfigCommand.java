package org.mingchu.gateway.tend;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Problem;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code mingchu config}: is this site file right? One thread. */
@Command(name = "config", description = "Check a site file before it is used.")
final class ConfigCommand implements Runnable {
    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    ConfigCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: check");
    }

    @Command(
            name = "check",
            description = "Name every problem of a site file and its rule pack, with its place.")
    int check(
            @Parameters(paramLabel = "FILE", description = "The site file.") Path site,
            @Option(
                            names = "--secrets",
                            paramLabel = "FILE",
                            description =
                                    "Check its secrets file with it (default: secrets.toml beside it,"
                                            + " where there is one).")
                    Optional<Path> secrets,
            @Option(names = "--json", description = "For machines.") boolean json) {
        return switch (verbs.check(site, secrets)) {
            case Checked.Good<Plan>(var plan, var remarks) -> {
                say(json, remarks, summary(site, plan, remarks.size()));
                yield ExitCode.OK;
            }
            case Checked.Bad<Plan>(var problems) -> {
                say(json, problems, "%s: cannot be used".formatted(site));
                yield ExitCode.CONFIGURATION_INVALID;
            }
        };
    }

    private static String summary(Path site, Plan plan, int remarks) {
        return "%s: good: %s, %d units, %d sensors, %d cameras, %d rules in force, rules %s %s%s"
                .formatted(
                        site,
                        plan.site().name(),
                        plan.site().units().size(),
                        plan.site().units().stream().mapToInt(u -> u.sensors().size()).sum(),
                        plan.site().cameras().size(),
                        plan.watches().size(),
                        plan.pack().id(),
                        plan.pack().version(),
                        remarks == 0 ? "" : "; " + remarks + " remarks");
    }

    private void say(boolean json, List<Problem> problems, String summary) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(json(problems));
        } else {
            problems.forEach(problem -> out.println(problem.text()));
            out.println(summary);
        }
        out.flush();
    }

    private static String json(List<Problem> problems) {
        var text = new StringWriter();
        try (var out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("schema", "kfs/config-check/1");
            out.writeBooleanProperty(
                    "good",
                    problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR));
            ProblemJson.write(out, problems);
            out.writeEndObject();
        }
        return text.toString();
    }
}
