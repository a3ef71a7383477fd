package org.mingchu.gateway.doctor;

import org.mingchu.config.Platform;
import org.mingchu.config.Secrets;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.State;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Each platform: its name, its address, its certificate and ours, and what it has. Immutable. */
record PlatformChecks(Patient patient) {
    private static final int CONNECT_MS = 3_000;

    /** Some messages' worth of entries is under way at any time. */
    private static final long WAITING_MANY = 1_000;

    private static final int MQTT = 1883;
    private static final int MQTTS = 8883;

    private static final String CERTIFICATE = "platform.certificate";
    private static final String KEY = "platform.key";

    List<Check> all() {
        return patient.plan().stream()
                .flatMap(plan -> plan.site().platforms().stream())
                .flatMap(this::checks)
                .toList();
    }

    /** Of our own certificate and its key alone, two for each. */
    List<Check> certificates() {
        return all().stream()
                .filter(check -> check.id().equals(CERTIFICATE) || check.id().equals(KEY))
                .toList();
    }

    private Stream<Check> checks(Platform platform) {
        return Stream.of(
                new Check("platform.name", platform.id(), () -> name(platform)),
                new Check("platform.reach", platform.id(), () -> reach(platform)),
                new Check("platform.tls", platform.id(), () -> tls(platform)),
                new Check(CERTIFICATE, platform.id(), () -> ours(platform)),
                new Check(KEY, platform.id(), () -> key(platform)),
                new Check("platform.link", platform.id(), () -> link(platform)),
                new Check("platform.waiting", platform.id(), () -> waiting(platform)));
    }

    private static Verdict name(Platform platform) {
        try {
            var all = InetAddress.getAllByName(platform.url().getHost());
            return Verdict.ok("host", platform.url().getHost(), "address", all[0].getHostAddress());
        } catch (UnknownHostException _) {
            return Verdict.fail("unknown", "host", platform.url().getHost());
        }
    }

    private static boolean secured(Platform platform) {
        return List.of("mqtts", "ssl", "wss", "tls").contains(platform.url().getScheme());
    }

    private static InetSocketAddress address(Platform platform) {
        var port = platform.url().getPort();
        var usual = secured(platform) ? MQTTS : MQTT;
        return new InetSocketAddress(platform.url().getHost(), port < 0 ? usual : port);
    }

    private static Verdict reach(Platform platform) {
        var address = address(platform);
        if (address.isUnresolved()) {
            return Verdict.fail("no-name", "host", platform.url().getHost());
        }
        var shown = platform.url().getHost() + ":" + address.getPort();
        try (var socket = new Socket()) {
            socket.connect(address, CONNECT_MS);
            return Verdict.ok("address", shown);
        } catch (IOException e) {
            return Verdict.fail(
                    "unreachable", "address", shown, "cause", String.valueOf(e.getMessage()));
        }
    }

    private Verdict tls(Platform platform) {
        if (!secured(platform)) {
            return Verdict.warn("plain");
        }
        var address = address(platform);
        return address.isUnresolved()
                ? Verdict.skipped("no-name")
                : new TlsLook(platform.url().getHost(), address, secret(platform), patient.now())
                        .verdict();
    }

    private Secrets.Secret secret(Platform platform) {
        return platform.credentials().flatMap(patient.secrets()::named).orElse(Secrets.Secret.NONE);
    }

    private Verdict ours(Platform platform) {
        var file = secret(platform).certificate();
        return file.isEmpty()
                ? Verdict.skipped("none")
                : Certificates.verdict(file.get(), patient.now());
    }

    /** A power cut between two renames leaves a pair that does not fit; so does a wrong stick. */
    private Verdict key(Platform platform) throws IOException {
        var secret = secret(platform);
        if (secret.certificate().isEmpty() || secret.key().isEmpty()) {
            return Verdict.skipped("none");
        }
        var certificate = Certificates.first(secret.certificate().get());
        return certificate.isEmpty()
                ? Verdict.skipped("no-certificate")
                : new KeyLook(secret.key().get(), certificate.get()).verdict();
    }

    private Verdict link(Platform platform) {
        if (patient.agent().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        var link = Optional.ofNullable(patient.agent().get().state().links().get(platform.id()));
        var reason = link.map(State.LinkView::reason).orElse("");
        return switch (link.map(State.LinkView::state).orElse(LinkState.DOWN)) {
            case UP -> Verdict.ok();
            case DOWN -> Verdict.fail("down", "reason", Verdict.aside(reason));
            case REFUSED -> Verdict.fail("refused", "reason", reason);
            case UNHEARD -> Verdict.fail("unheard");
        };
    }

    private Verdict waiting(Platform platform) {
        if (patient.agent().isEmpty()) {
            return Verdict.skipped("no-agent");
        }
        var many = patient.agent().get().waiting().getOrDefault(platform.id(), 0L);
        return many > WAITING_MANY
                ? Verdict.warn("many", "n", String.valueOf(many))
                : Verdict.ok("n", String.valueOf(many));
    }
}
