package org.mingchu.gateway.tend;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code mingchu cert}: with which certificate the gateway shows itself to a platform. One thread.
 */
@Command(
        name = "cert",
        description = "The gateway's certificate towards a platform.",
        sortOptions = false)
final class CertCommand implements Runnable {
    private static final String SITE = "/etc/mingchu/site.toml";
    private static final String STATE = "/var/lib/mingchu";

    private final Verbs verbs;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--site",
            scope = ScopeType.INHERIT,
            defaultValue = SITE,
            paramLabel = "FILE",
            description = "Who the gateway is (default: ${DEFAULT-VALUE}).")
    private Path site = Path.of(SITE);

    @Option(
            names = "--secrets",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Where the files lie (default: secrets.toml beside the site file).")
    private Optional<Path> secrets = Optional.empty();

    @Option(
            names = "--state",
            scope = ScopeType.INHERIT,
            defaultValue = STATE,
            paramLabel = "DIR",
            description =
                    "The gateway's state folder (default: ${DEFAULT-VALUE}); its folder tls is for"
                            + " what the secrets do not place.")
    private Path state = Path.of(STATE);

    @Option(
            names = "--platform",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            description = "Towards whom; may be left out where there is one only.")
    private Optional<String> platform = Optional.empty();

    CertCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Missing command: request, install, show or renew");
    }

    @Command(
            name = "request",
            description = {
                "Make a key, which stays on this machine, and print the request for its certificate.",
                "Asked again, the same request is printed until it is answered."
            },
            sortOptions = false)
    int request(
            @Option(names = "--new", description = "Make another key and request in any case.")
                    boolean afresh) {
        var exit = told(new CertAsk.Act.Request(afresh), false);
        spec.commandLine()
                .getErr()
                .println("send it to the platform; then: mingchu cert install FILE");
        return exit;
    }

    @Command(
            name = "install",
            description = {
                "Put the platform's answer into use, if it is this gateway's in every respect.",
                "The old certificate and its key stay beside the new ones as *.old.",
                "Exit: 0 in use, 1 refused, 2 usage, 3 site file or secrets cannot be used."
            },
            sortOptions = false)
    int install(
            @Parameters(paramLabel = "FILE", description = "PEM, DER or PKCS#7.") Path file,
            @Option(
                            names = "--ca",
                            paramLabel = "FILE",
                            description =
                                    "Who signs gateways (default: ca of the platform's secret).")
                    Optional<Path> ca) {
        return told(new CertAsk.Act.Install(file, ca), false);
    }

    @Command(
            name = "show",
            description = {
                "Until when each certificate holds: ours, and those that a platform is held to.",
                "Exit: 0 none is over or unusable, 1 one is, 3 site file or secrets cannot be used."
            },
            sortOptions = false)
    int show(@Option(names = "--json", description = "For machines.") boolean json) {
        return told(new CertAsk.Act.Show(), json);
    }

    @Command(
            name = "renew",
            description = {
                "Have a new key signed by a server (EST, RFC 7030), and put the answer into use.",
                "With a certificate that still holds nothing else is asked for."
            },
            sortOptions = false)
    int renew(
            @Option(
                            names = "--est",
                            required = true,
                            paramLabel = "URL",
                            description = "As https://pki.example/.well-known/est")
                    URI est,
            @Option(
                            names = "--ca",
                            paramLabel = "FILE",
                            description =
                                    "Who signs gateways and the server (default: ca of the"
                                            + " platform's secret).")
                    Optional<Path> ca,
            @Option(
                            names = "--user",
                            paramLabel = "NAME",
                            description =
                                    "With a login, for the first certificate or after one that is"
                                            + " over; the password is asked for.")
                    Optional<String> user) {
        return told(new CertAsk.Act.Renew(est, ca, user), false);
    }

    private int told(CertAsk.Act act, boolean json) {
        var told = verbs.cert(new CertAsk(act, site, secrets, state, platform, json));
        if (!told.ok() && !(act instanceof CertAsk.Act.Show)) {
            throw new CommandFailed(told.exitCode(), String.join("\n", told.lines()));
        }
        told.lines().forEach(spec.commandLine().getOut()::println);
        return told.exitCode();
    }
}
