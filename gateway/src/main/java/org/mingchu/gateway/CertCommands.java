package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.config.Problem;
import org.mingchu.config.Secrets;
import org.mingchu.config.SecretsReader;
import org.mingchu.gateway.cert.Enrolment;
import org.mingchu.gateway.cert.Est;
import org.mingchu.gateway.cert.Refused;
import org.mingchu.gateway.cert.Slot;
import org.mingchu.gateway.doctor.Certificates;
import org.mingchu.gateway.doctor.Status;
import org.mingchu.gateway.tend.CertAsk;
import org.mingchu.gateway.tend.CertAsk.Act;
import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.Moment;

import tools.jackson.core.JsonGenerator;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What {@code mingchu cert} does: site file and secrets say who the gateway is and where its files
 * lie. One thread.
 *
 * @param password what somebody types when they are asked for one
 */
record CertCommands(
        DoctorCommands.SiteFiles files,
        Moment now,
        SecureRandom chance,
        Function<String, String> password) {
    /** Of the JSON of {@code show}. */
    static final String SCHEMA = "kfs/cert/1";

    /**
     * One file of certificates.
     *
     * @param role {@code own} or {@code ca}
     */
    private record Shown(String platform, String role, Path file, Certificates.Term term) {}

    Told told(CertAsk ask) {
        var plan = plan(ask);
        var secrets = secrets(ask);
        if (ask.act() instanceof Act.Show) {
            return shown(all(plan, secrets, ask.state(), ask.platform()), ask.json());
        }
        var platform = one(plan, ask.platform());
        var secret = secret(platform, secrets);
        var identity = plan.site().identity();
        var enrolment =
                new Enrolment(
                        Slot.of(platform.id(), secret, ask.state()),
                        identity.gateway(),
                        identity.site());
        try {
            return switch (ask.act()) {
                case Act.Request(var afresh) ->
                        Told.well(enrolment.request(afresh, chance).lines().toList());
                case Act.Install(var file, var named) -> {
                    var ca = ca(named, secret);
                    var all = Enrolment.read(file);
                    yield installed(
                            enrolment, enrolment.install(all, ca, now, file.toString()), secret);
                }
                case Act.Renew(var est, var ca, var user) ->
                        renewed(enrolment, secret, new Est(est(est), ca(ca, secret)), user);
                case Act.Show _ -> throw new AssertionError("is answered above");
            };
        } catch (Refused e) {
            return Told.refused(String.valueOf(e.getMessage()));
        }
    }

    private Told renewed(Enrolment enrolment, Secrets.Secret secret, Est est, Optional<String> user)
            throws Refused {
        var request = enrolment.request(false, chance);
        var login =
                user.map(name -> new Est.Login(name, password.apply("password of " + name + ": ")));
        var signed = est.signed(request, enrolment.slot(), login);
        return installed(
                enrolment, enrolment.install(signed, est.ca(), now, est.url().toString()), secret);
    }

    private static Told installed(
            Enrolment enrolment, X509Certificate ours, Secrets.Secret secret) {
        var slot = enrolment.slot();
        var lines = new ArrayList<String>();
        lines.add(
                "in use: %s, until %s"
                        .formatted(slot.certificate(), ours.getNotAfter().toInstant()));
        if (secret.certificate().isEmpty()) {
            lines.add("write into secrets.toml, mode 0600, then restart:");
            lines.add("[" + slot.platform() + "]");
            lines.add("certificate = \"" + slot.certificate() + "\"");
            lines.add("key         = \"" + slot.key() + "\"");
        }
        return Told.well(lines);
    }

    private List<Shown> all(Plan plan, Secrets secrets, Path state, Optional<String> wanted) {
        var all = new ArrayList<Shown>();
        for (var platform : plan.site().platforms()) {
            if (wanted.filter(id -> !id.equals(platform.id())).isPresent()) {
                continue;
            }
            var secret = secret(platform, secrets);
            var own = Slot.of(platform.id(), secret, state).certificate();
            if (secret.certificate().isPresent() || Files.exists(own)) {
                shown(platform.id(), "own", own).forEach(all::add);
            }
            secret.ca().ifPresent(ca -> shown(platform.id(), "ca", ca).forEach(all::add));
        }
        return all;
    }

    private List<Shown> shown(String platform, String role, Path file) {
        return Certificates.terms(file, now).stream()
                .map(term -> new Shown(platform, role, file, term))
                .toList();
    }

    private static Told shown(List<Shown> all, boolean json) {
        var sound = all.stream().noneMatch(one -> one.term().status() == Status.FAIL);
        if (json) {
            return Told.checked(sound, List.of(JsonLine.of(out -> write(out, all))));
        }
        return Told.checked(
                sound,
                all.isEmpty()
                        ? List.of("no certificate: no platform of this site asks for one")
                        : all.stream().map(CertCommands::line).toList());
    }

    private static String line(Shown one) {
        var term = one.term();
        return "%-7s  %s %s: %s, %s until %s  [%s]"
                .formatted(
                        term.status().word(),
                        one.platform(),
                        one.role(),
                        term.subject(),
                        term.why(),
                        term.until(),
                        one.file());
    }

    private static void write(JsonGenerator out, List<Shown> all) {
        out.writeStringProperty("schema", SCHEMA);
        out.writeArrayPropertyStart("certificates");
        for (var one : all) {
            out.writeStartObject()
                    .writeStringProperty("platform", one.platform())
                    .writeStringProperty("role", one.role())
                    .writeStringProperty("file", one.file().toString())
                    .writeStringProperty("subject", one.term().subject())
                    .writeStringProperty("issuer", one.term().issuer())
                    .writeStringProperty("from", one.term().from())
                    .writeStringProperty("until", one.term().until())
                    .writeStringProperty("status", one.term().status().word())
                    .writeStringProperty("why", one.term().why())
                    .writeEndObject();
        }
        out.writeEndArray();
    }

    private Plan plan(CertAsk ask) {
        return switch (files.check(ask.site(), ask.secrets())) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) ->
                    throw new CommandFailed(
                            ExitCode.CONFIGURATION_INVALID,
                            problems.stream()
                                    .filter(p -> p.severity() == Problem.Severity.ERROR)
                                    .map(Problem::text)
                                    .collect(Collectors.joining("\n")));
        };
    }

    private Secrets secrets(CertAsk ask) {
        return files.secretsOf(ask.site(), ask.secrets())
                .map(SecretsReader::read)
                .map(read ->
                        read instanceof Checked.Good<Secrets>(var good, _) ? good : Secrets.NONE)
                .orElse(Secrets.NONE);
    }

    private static Secrets.Secret secret(Platform platform, Secrets secrets) {
        return platform.credentials().flatMap(secrets::named).orElse(Secrets.Secret.NONE);
    }

    private static Platform one(Plan plan, Optional<String> wanted) {
        var all = plan.site().platforms();
        var ids = all.stream().map(Platform::id).collect(Collectors.joining(", "));
        if (wanted.isEmpty() && all.size() != 1) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    all.isEmpty()
                            ? "the site has no platform to show a certificate to"
                            : "--platform: name one of " + ids);
        }
        return all.stream()
                .filter(platform -> wanted.isEmpty() || platform.id().equals(wanted.get()))
                .findFirst()
                .orElseThrow(() ->
                        new CommandFailed(
                                ExitCode.USAGE,
                                "--platform " + wanted.orElse("") + ": the site has " + ids));
    }

    private static Path ca(Optional<Path> named, Secrets.Secret secret) {
        return named.or(secret::ca)
                .orElseThrow(() ->
                        new CommandFailed(
                                ExitCode.USAGE,
                                "--ca: name the file of whoever signs gateways; the secrets file"
                                        + " has no ca for this platform"));
    }

    private static URI est(URI url) {
        if (!"https".equals(url.getScheme()) || url.getHost() == null || url.getQuery() != null) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--est " + url + ": expected such as https://pki.example/.well-known/est");
        }
        return url;
    }
}
