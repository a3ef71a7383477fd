package org.mingchu.gateway.doctor;

import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Until when a certificate holds. Any thread. */
public final class Certificates {
    /** A platform's office needs some weeks for a new one. */
    private static final Duration SOON = Duration.ofDays(30);

    /** Of one that lives for weeks only, the last of so many parts: two thirds are over. */
    private static final int PARTS = 3;

    /**
     * One certificate of a file, or that it holds none.
     *
     * @param why {@code ok}, or which of the doctor's words
     * @param from when it began, in UTC; empty where there is no certificate, like the next
     */
    public record Term(
            Status status, String why, String subject, String issuer, String from, String until) {}

    private Certificates() {}

    /** Of the first certificate in a PEM file. */
    static Verdict verdict(Path file, Moment now) {
        return first(file)
                .map(certificate -> verdict(certificate, now))
                .orElseGet(() -> Verdict.fail("unusable", "file", file.toString()));
    }

    /** All in a file, in its order; one that is unusable where there is none. */
    public static List<Term> terms(Path file, Moment now) {
        var all = all(file);
        return all.isEmpty()
                ? List.of(new Term(Status.FAIL, "unusable", "", "", "", ""))
                : all.stream().map(one -> term(one, verdict(one, now))).toList();
    }

    private static Term term(X509Certificate one, Verdict verdict) {
        return new Term(
                verdict.status(),
                verdict.why(),
                one.getSubjectX500Principal().getName(),
                one.getIssuerX500Principal().getName(),
                one.getNotBefore().toInstant().toString(),
                one.getNotAfter().toInstant().toString());
    }

    static Optional<X509Certificate> first(Path file) {
        return all(file).stream().findFirst();
    }

    private static List<X509Certificate> all(Path file) {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException | CertificateException _) {
            return List.of();
        }
    }

    static Verdict verdict(X509Certificate certificate, Moment now) {
        var end = certificate.getNotAfter().toInstant();
        var day = end.toString().substring(0, 10);
        if (now.clock() == ClockState.UNSYNCED) {
            return Verdict.skipped("no-day", "date", day);
        }
        var today = Instant.ofEpochMilli(now.wallMs());
        if (end.isBefore(today)) {
            return Verdict.fail("expired", "date", day);
        }
        if (certificate.getNotBefore().toInstant().isAfter(today)) {
            return Verdict.fail(
                    "not-yet", "date", certificate.getNotBefore().toInstant().toString());
        }
        return end.isBefore(today.plus(soon(certificate)))
                ? Verdict.warn("soon", "date", day)
                : Verdict.ok("date", day);
    }

    private static Duration soon(X509Certificate certificate) {
        var life =
                Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant());
        var part = life.dividedBy(PARTS);
        return part.compareTo(SOON) < 0 ? part : SOON;
    }
}
