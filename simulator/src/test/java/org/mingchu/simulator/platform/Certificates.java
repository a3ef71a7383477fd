package org.mingchu.simulator.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small authority made by openssl: ca, broker (localhost), platform (RSA) and gw-1 (EC). */
final class Certificates {
    private final Path folder;

    Certificates(Path folder) throws Exception {
        this.folder = folder;
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
                        + " -subj /CN=ca -keyout ca.key -out ca.crt");
        signed("broker", "ec -pkeyopt ec_paramgen_curve:prime256v1");
        signed("platform", "rsa:2048");
        signed("gw-1", "ec -pkeyopt ec_paramgen_curve:prime256v1");
    }

    TlsFiles platform() {
        return new TlsFiles(
                folder.resolve("ca.crt"),
                folder.resolve("platform.crt"),
                folder.resolve("platform.key"));
    }

    private void signed(String name, String kind) throws Exception {
        Files.writeString(folder.resolve("san"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        openssl(
                "req -new -newkey %s -nodes -subj /CN=%s -keyout %s.key -out %s.csr"
                        .formatted(kind, name, name, name));
        openssl(
                "x509 -req -in %s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile san -out %s.crt"
                        .formatted(name, name));
    }

    private void openssl(String arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        var log = folder.resolve("openssl.log");
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + Files.readString(log));
        }
    }
}
