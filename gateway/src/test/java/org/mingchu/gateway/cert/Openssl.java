package org.mingchu.gateway.cert;

import static org.assertj.core.api.Assertions.assertThat;

import org.mingchu.gateway.shipped.Peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An authority that is openssl and nothing of ours: it reads our requests as it would a stranger's.
 *
 * @param certificate its own
 */
public record Openssl(Path folder, Path certificate, Path key) {
    /** What a certificate for a gateway has in it. */
    public static final String CLIENT =
            "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=clientAuth\n";

    /** A root that signs itself. */
    public static Openssl root(Path folder, String name) {
        var authority =
                new Openssl(folder, folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
        authority.run(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                authority.key.toString(),
                "-out",
                authority.certificate.toString(),
                "-subj",
                "/CN=" + name,
                "-days",
                "365");
        return authority;
    }

    /** One that this one has signed. */
    public Openssl between(String name) {
        var certificate =
                signed(
                        name,
                        request(name, name),
                        "basicConstraints=critical,CA:TRUE\n",
                        "-days",
                        "300");
        return new Openssl(folder, certificate, folder.resolve(name + ".key"));
    }

    /** What somebody with a key of his own asks for; the key lies beside it as {@code NAME.key}. */
    public Path request(String name, String subject) {
        var request = folder.resolve(name + ".csr");
        run(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                folder.resolve(name + ".key").toString(),
                "-out",
                request.toString(),
                "-subj",
                "/CN=" + subject);
        return request;
    }

    /** A server on this machine, with its key beside it as {@code NAME.key}. */
    public Path server(String name) {
        return signed(
                name,
                request(name, name),
                "subjectAltName=DNS:localhost,IP:127.0.0.1\n",
                "-days",
                "30");
    }

    /** Signs a request, in the name of its subject unless the words say otherwise. */
    public Path signed(String name, Path request, String extensions, String... words) {
        var out = folder.resolve(name + ".crt");
        var line =
                new ArrayList<>(
                        List.of(
                                "x509",
                                "-req",
                                "-in",
                                request.toString(),
                                "-out",
                                out.toString(),
                                "-CA",
                                certificate.toString(),
                                "-CAkey",
                                key.toString(),
                                "-CAcreateserial",
                                "-extfile",
                                file(name, extensions).toString()));
        line.addAll(List.of(words));
        run(line.toArray(String[]::new));
        return out;
    }

    /** What openssl says, when it says that all is well. */
    public String run(String... words) {
        var line = new ArrayList<>(List.of(Peers.need("openssl").toString()));
        line.addAll(List.of(words));
        try {
            var running = new ProcessBuilder(line).redirectErrorStream(true).start();
            running.getOutputStream().close();
            var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(running.waitFor()).as(line + "\n" + said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Path file(String name, String extensions) {
        try {
            return Files.writeString(folder.resolve(name + ".ext"), extensions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
