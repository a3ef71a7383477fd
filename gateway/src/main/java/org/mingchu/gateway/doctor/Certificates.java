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
import java.util.Optional;

/** Until when a certificate holds. Any thread. */
final class Certificates {
    /** A platform's office needs some weeks for a new one. */
    private static final long SOON_DAYS = 30;

    private Certificates() {}

    /** Of the first certificate in a PEM file. */
    static Verdict verdict(Path file, Moment now) {
        return first(file)
                .map(certificate -> verdict(certificate, now))
                .orElseGet(() -> Verdict.fail("unusable", "file", file.toString()));
    }

    static Optional<X509Certificate> first(Path file) {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .findFirst();
        } catch (IOException | CertificateException _) {
            return Optional.empty();
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
        return end.isBefore(today.plus(Duration.ofDays(SOON_DAYS)))
                ? Verdict.warn("soon", "date", day)
                : Verdict.ok("date", day);
    }
}
