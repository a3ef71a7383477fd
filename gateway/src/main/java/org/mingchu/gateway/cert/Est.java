package org.mingchu.gateway.cert;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server that signs requests over HTTPS: EST (RFC 7030), enrolment and re-enrolment. One thread.
 *
 * @param url with or without {@code /.well-known/est} and a label behind it
 * @param ca file of the roots that the server itself is held to
 */
public record Est(URI url, Path ca) {
    private static final String PATH = "/.well-known/est";
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    /** Longest answer that is read, in bytes: a chain is some kilobytes. */
    private static final int BYTES_MAX = 256 * 1024;

    private static final char[] NO_PASSWORD = {};

    /**
     * Who asks for the first certificate.
     *
     * @param password of this once; never shown
     */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /**
     * Has a request signed: for a login it is the first one, else a renewal of the one in use.
     *
     * @return the certificate, and whoever signed it as far as the server tells
     */
    public List<X509Certificate> signed(String request, Slot slot, Optional<Login> login)
            throws Refused {
        var key = login.isPresent() ? Optional.<PrivateKey>empty() : Pem.key(slot.key());
        var own =
                key.isPresent() && OwnFile.text(slot.certificate()).isPresent()
                        ? Optional.of(Pem.certificates(slot.certificate()))
                        : Optional.<List<X509Certificate>>empty();
        try (var client =
                HttpClient.newBuilder()
                        .sslContext(context(own, key))
                        .connectTimeout(CONNECT_WITHIN)
                        .build()) {
            var act = own.isPresent() ? "/simplereenroll" : "/simpleenroll";
            var all = new ArrayList<>(answer(client, enrolment(act, request, login), act));
            all.addAll(authorities(client));
            return all;
        }
    }

    private HttpRequest enrolment(String act, String request, Optional<Login> login) {
        var base64 = request.replaceAll("-----[A-Z ]+-----|\\s", "");
        var ask =
                HttpRequest.newBuilder(at(act))
                        .timeout(ANSWER_WITHIN)
                        .header("Content-Type", "application/pkcs10")
                        .header("Content-Transfer-Encoding", "base64")
                        .POST(HttpRequest.BodyPublishers.ofString(base64, US_ASCII));
        login.ifPresent(who ->
                ask.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (who.user() + ":" + who.password())
                                                        .getBytes(UTF_8))));
        return ask.build();
    }

    /** Who is between the root and us; a server that does not tell has it in its answer. */
    private List<X509Certificate> authorities(HttpClient client) {
        var ask = HttpRequest.newBuilder(at("/cacerts")).timeout(ANSWER_WITHIN).build();
        try {
            return answer(client, ask, "/cacerts");
        } catch (Refused _) {
            return List.of();
        }
    }

    private List<X509Certificate> answer(HttpClient client, HttpRequest ask, String act)
            throws Refused {
        try {
            var answer = client.send(ask, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                return certificates(answer, body.readNBytes(BYTES_MAX), at(act).toString());
            }
        } catch (IOException e) {
            throw new Refused(
                    at(act) + ": no answer (" + e + ")",
                    "check the address, and --ca for a server that is not trusted");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Refused(at(act) + ": was interrupted", "ask again");
        }
    }

    /** RFC 7030 section 4.2.3. */
    private static List<X509Certificate> certificates(
            HttpResponse<?> answer, byte[] body, String from) throws Refused {
        return switch (answer.statusCode()) {
            case 200 -> Pem.certificates(from, decoded(body, from));
            case 202 ->
                    throw new Refused(
                            from + ": is not signed yet",
                            answer.headers()
                                    .firstValue("Retry-After")
                                    .filter(after -> after.matches("[0-9]{1,9}"))
                                    .map(after -> "ask again in " + after + " s: the request stays")
                                    .orElse("ask again later: the request stays"));
            case 401, 403 ->
                    throw new Refused(
                            from + ": the server does not let us in (" + answer.statusCode() + ")",
                            "name a login with --user, or ask whoever runs it whether the"
                                    + " certificate in use still counts");
            default ->
                    throw new Refused(
                            from + ": the server says " + answer.statusCode() + " " + line(body),
                            "show whoever runs it what it said");
        };
    }

    private static byte[] decoded(byte[] body, String from) throws Refused {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException _) {
            throw new Refused(
                    from + ": the answer is no Base64", "is it an EST server (RFC 7030)?");
        }
    }

    /** From the other end of a wire: one short line. */
    private static String line(byte[] body) {
        var text = new String(body, UTF_8).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return text.substring(0, Math.min(200, text.length()));
    }

    private URI at(String act) {
        var base = url.toString().replaceAll("/+$", "");
        return URI.create((base.contains(PATH) ? base : base + PATH) + act);
    }

    private SSLContext context(Optional<List<X509Certificate>> own, Optional<PrivateKey> key)
            throws Refused {
        var roots = Pem.certificates(ca);
        try {
            var trusted = empty();
            for (var root : roots) {
                trusted.setCertificateEntry("ca-" + trusted.size(), root);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(keys(own, key), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new Refused(
                    "the certificate in use cannot be shown (" + e.getMessage() + ")",
                    "ask for another one by hand: mingchu cert request");
        }
    }

    private static KeyManager @Nullable [] keys(
            Optional<List<X509Certificate>> own, Optional<PrivateKey> key)
            throws GeneralSecurityException, IOException {
        if (own.isEmpty() || key.isEmpty()) {
            return null;
        }
        var store = empty();
        store.setKeyEntry("us", key.get(), NO_PASSWORD, own.get().toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
