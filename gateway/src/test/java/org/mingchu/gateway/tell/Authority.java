package org.mingchu.gateway.tell;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** A certificate authority for one test. */
public record Authority(Path folder, Path certificate, X500Name name, KeyPair keys) {
    /** Of what it issues: the end of a life is something else than a short life. */
    private static final Duration AGE = Duration.ofDays(60);

    /** A certificate and its key, as PEM files. */
    public record Pair(Path certificate, Path key) {}

    public static Authority create(Path folder, String name) {
        var keys = keys("EC");
        var subject = new X500Name("CN=" + name);
        var file = folder.resolve(name + ".crt");
        var authority = new Authority(folder, file, subject, keys);
        authority.write(file, subject, keys, "", Instant.now().plusSeconds(400 * 86_400L));
        return authority;
    }

    /**
     * Issues a certificate; {@code address} becomes its subject alternative name when it is one.
     */
    Pair issue(String name, String kind, String address) {
        return issue(name, kind, address, Instant.now().plusSeconds(86_400));
    }

    /** The same with its last moment. */
    public Pair issue(String name, String kind, String address, Instant end) {
        var ours = keys(kind);
        var pair = new Pair(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
        write(pair.certificate(), new X500Name("CN=" + address), ours, address, end);
        pem(pair.key(), "PRIVATE KEY", ours.getPrivate().getEncoded());
        return pair;
    }

    /** Its own key, for whoever else signs in its name. */
    public Path key() {
        var file = folder.resolve("authority.key");
        pem(file, "PRIVATE KEY", keys.getPrivate().getEncoded());
        return file;
    }

    private void write(
            Path file, X500Name subject, KeyPair subjectKeys, String address, Instant end) {
        try {
            var begin = end.isBefore(Instant.now()) ? end : Instant.now();
            var builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(subjectKeys.hashCode() & 0xffff_ffffL),
                            Date.from(begin.minus(AGE)),
                            Date.from(end),
                            subject,
                            subjectKeys.getPublic());
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(address.isEmpty()));
            if (address.startsWith("127.")) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            pem(file, "CERTIFICATE", builder.build(signer).getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pem(Path file, String what, byte[] der) {
        var text = new StringWriter();
        text.write("-----BEGIN " + what + "-----\n");
        text.write(Base64.getMimeEncoder().encodeToString(der));
        text.write("\n-----END " + what + "-----\n");
        try {
            Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys(String kind) {
        try {
            var generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(kind.equals("EC") ? 256 : 2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
