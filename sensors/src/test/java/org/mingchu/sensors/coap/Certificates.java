package org.mingchu.sensors.coap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority of its own, made by the openssl that is installed here. */
final class Certificates {
    private final Path folder;
    private final String authority;

    Certificates(Path folder, String authority) throws IOException, InterruptedException {
        this.folder = folder;
        this.authority = authority;
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                authority + ".key",
                "-out",
                authority + ".pem",
                "-days",
                "3650",
                "-subj",
                "/CN=" + authority,
                "-addext",
                "keyUsage=critical,keyCertSign",
                "-addext",
                "basicConstraints=critical,CA:TRUE");
    }

    /** Signs one whose subject has this common name. */
    CoapSettings.Certificates of(String name) throws IOException, InterruptedException {
        var file = authority + "-" + name;
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                file + ".key",
                "-out",
                file + ".csr",
                "-subj",
                "/CN=" + name);
        openssl(
                "x509",
                "-req",
                "-in",
                file + ".csr",
                "-CA",
                authority + ".pem",
                "-CAkey",
                authority + ".key",
                "-CAcreateserial",
                "-days",
                "3650",
                "-out",
                file + ".pem");
        return new CoapSettings.Certificates(
                folder.resolve(file + ".pem"),
                folder.resolve(file + ".key"),
                folder.resolve(authority + ".pem"));
    }

    private void openssl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments));
        Peer.run(folder, command);
    }
}
