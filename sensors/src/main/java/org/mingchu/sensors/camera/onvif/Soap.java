package org.mingchu.sensors.camera.onvif;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.camera.http.Digest;
import org.mingchu.sensors.camera.http.HttpOutcome;
import org.mingchu.sensors.camera.http.HttpOutcome.Answer;
import org.mingchu.sensors.camera.http.HttpOutcome.Failure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** SOAP 1.2 as ONVIF uses it: envelopes out, bodies or faults in. */
final class Soap {
    static final int NONCE_BYTES = 16;

    private static final String OPEN =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope"
                    + " xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">";

    private static final String WSS =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String DIGEST =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
                    + "#PasswordDigest";
    private static final String BASE64 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0"
                    + "#Base64Binary";

    private static final List<String> UNKNOWN_QUESTIONS =
            List.of("actionnotsupported", "notsupported", "unknownaction", "notimplemented");
    private static final List<String> REFUSED_LOGINS =
            List.of("notauthorized", "failedauthentication", "operationprohibited");

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private Soap() {}

    static byte[] envelope(String header, String body) {
        return (OPEN + header + "<s:Body>" + body + "</s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A WS-Security UsernameToken.
     *
     * @param nowMs by the device's clock: it refuses tokens that are old, or not yet, by its own
     */
    static String security(Digest.Login login, long nowMs, byte[] nonce) {
        var created = Instant.ofEpochMilli(nowMs).truncatedTo(ChronoUnit.MILLIS).toString();
        var encoded = Base64.getEncoder().encodeToString(nonce);
        return ("<s:Header><Security s:mustUnderstand=\"1\" xmlns=\"%s\"><UsernameToken>"
                        + "<Username>%s</Username><Password Type=\"%s\">%s</Password>"
                        + "<Nonce EncodingType=\"%s\">%s</Nonce><Created xmlns=\"%s\">%s</Created>"
                        + "</UsernameToken></Security></s:Header>")
                .formatted(
                        WSS,
                        escaped(login.user()),
                        DIGEST,
                        digest(nonce, created, login.password()),
                        BASE64,
                        encoded,
                        WSU,
                        created);
    }

    /** SHA-1 because the profile says so. */
    static String digest(byte[] nonce, String created, String password) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(nonce);
            sha1.update(created.getBytes(StandardCharsets.UTF_8));
            sha1.update(password.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The element that answers, or why there is none. */
    static Told<Xml> response(HttpOutcome outcome, String element) {
        return switch (outcome) {
            case Failure(var stage, var cause) -> new Told.Failed<>(stage, cause);
            case Answer answer when answer.status() == NOT_FOUND ->
                    new Told.Absent<>("no such service");
            case Answer answer -> response(answer.status(), Xml.read(answer.body()), element);
        };
    }

    private static Told<Xml> response(int status, Optional<Xml> document, String element) {
        var envelope = document.filter(d -> d.name().equals("Envelope"));
        if (envelope.isEmpty()) {
            return status == FORBIDDEN
                    ? new Told.Failed<>(CameraVerdict.AUTH, "credentials refused")
                    : new Told.Failed<>(CameraVerdict.PROTOCOL, "no SOAP, status " + status);
        }
        var fault = envelope.get().find("Fault");
        if (fault.isPresent()) {
            return fault(fault.get());
        }
        return envelope.get()
                .find(element)
                .<Told<Xml>>map(Told.Known::new)
                .orElseGet(() ->
                        new Told.Failed<>(CameraVerdict.PROTOCOL, "no " + element + " in it"));
    }

    private static Told<Xml> fault(Xml fault) {
        var codes = fault.all("Value").map(Xml::text).map(Soap::local).toList();
        if (contains(codes, REFUSED_LOGINS)) {
            return new Told.Failed<>(CameraVerdict.AUTH, "credentials refused");
        }
        if (contains(codes, UNKNOWN_QUESTIONS)) {
            return new Told.Absent<>("not supported");
        }
        return new Told.Failed<>(CameraVerdict.PROTOCOL, "a SOAP fault");
    }

    /** Without the prefix, which everybody names as he likes. */
    private static String local(String code) {
        return code.substring(code.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    }

    private static boolean contains(List<String> codes, List<String> wanted) {
        return codes.stream().anyMatch(wanted::contains);
    }
}
