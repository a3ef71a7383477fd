package org.mingchu.gateway.cert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.security.auth.x500.X500Principal;

/**
 * Makes a key and a request for its certificate with {@code keytool} of the Java that runs us: the
 * one public way that the JDK has to write PKCS#10. One use.
 */
final class KeyTool {
    /** Two starts of a virtual machine; on the slowest board some seconds each. */
    private static final long WITHIN_S = 60;

    private static final int PASSWORD_BYTES = 16;
    private static final String PASSWORD = "MINGCHU_STORE";

    private final Path folder;
    private final String password;

    private KeyTool(Path folder, SecureRandom chance) {
        this.folder = folder;
        var bytes = new byte[PASSWORD_BYTES];
        chance.nextBytes(bytes);
        password = HexFormat.of().formatHex(bytes);
    }

    /**
     * A new key and what asks for its certificate.
     *
     * @param key PKCS#8 in PEM, EC on P-256
     * @param request PKCS#10 in PEM
     */
    record Made(String key, String request) {}

    /**
     * @param folder where a folder for this may be made, which is gone when it is done
     */
    static Made make(X500Principal subject, Path folder, SecureRandom chance) throws Refused {
        try {
            var work =
                    Files.createTempDirectory(
                            folder,
                            ".request",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
            try {
                return new KeyTool(work, chance).make(subject);
            } finally {
                Files.deleteIfExists(work.resolve("store"));
                Files.delete(work);
            }
        } catch (IOException e) {
            throw new Refused(
                    folder + ": cannot be written (" + e + ")",
                    "run it as root: sudo mingchu cert …");
        }
    }

    private Made make(X500Principal subject) throws Refused, IOException {
        var words = List.of("-dname", subject.getName(), "-validity", "1");
        run("-genkeypair", List.of("-keyalg", "EC", "-groupname", "secp256r1"), words);
        var request = run("-certreq", List.of(), List.of());
        return new Made(
                Pem.text("PRIVATE KEY", key()), request.replace("NEW CERTIFICATE", "CERTIFICATE"));
    }

    private byte[] key() throws IOException {
        try (var in = Files.newInputStream(folder.resolve("store"))) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return store.getKey("us", password.toCharArray()).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("keytool has written what its own Java cannot read", e);
        }
    }

    /** What it prints; the password goes by the environment, which no list of processes shows. */
    private String run(String act, List<String> kind, List<String> words)
            throws Refused, IOException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
        line.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-J-Xmx64m"));
        line.addAll(List.of(act, "-alias", "us", "-sigalg", "SHA256withECDSA"));
        line.addAll(List.of("-keystore", folder.resolve("store").toString()));
        line.addAll(List.of("-storetype", "PKCS12", "-storepass:env", PASSWORD));
        line.addAll(kind);
        line.addAll(words);
        var asked = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
        asked.environment().put(PASSWORD, password);
        var running = asked.start();
        running.getOutputStream().close();
        var said = new String(running.getInputStream().readAllBytes(), UTF_8);
        if (!ended(running)) {
            throw new Refused(
                    "keytool " + act + " has failed: " + said.strip().replaceAll("\\s+", " "),
                    "is Java 25 whole? apt install --reinstall openjdk-25-jre-headless");
        }
        return said;
    }

    private static boolean ended(Process running) {
        try {
            return running.waitFor(WITHIN_S, TimeUnit.SECONDS) && running.exitValue() == 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            running.destroy();
        }
    }
}
