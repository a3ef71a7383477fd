package org.mingchu.gateway.shipped;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;

/** A certificate authority for one test, with the files the way operators have them: PEM. */
final class Certificates {
    private final Path folder;
    private final KeyPair caKey;
    private final X500Name caName = new X500Name("CN=Test CA");
    private final AtomicLong serial = new AtomicLong(1);

    Certificates(Path folder) {
        this.folder = folder;
        this.caKey = newKey();
        issue("ca", caName, caKey, true);
    }

    /** Makes {@code NAME.crt} and {@code NAME.key}, valid for localhost and 127.0.0.1. */
    Certificates with(String name) {
        issue(name, new X500Name("CN=" + name), newKey(), false);
        return this;
    }

    Path ca() {
        return certificate("ca");
    }

    Path certificate(String name) {
        return folder.resolve(name + ".crt");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }

    private void issue(String name, X500Name subject, KeyPair key, boolean authority) {
        var now = Instant.now();
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            caName,
                            BigInteger.valueOf(serial.getAndIncrement()),
                            Date.from(now.minus(1, ChronoUnit.DAYS)),
                            Date.from(now.plus(1, ChronoUnit.DAYS)),
                            subject,
                            key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            new GeneralName[] {
                                new GeneralName(GeneralName.dNSName, "localhost"),
                                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                            }));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(caKey.getPrivate());
            write(certificate(name), "CERTIFICATE", builder.build(signer).getEncoded());
            write(key(name), "PRIVATE KEY", key.getPrivate().getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError("no certificate for " + name, e);
        }
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                file,
                "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has secp256r1", e);
        }
    }
}
