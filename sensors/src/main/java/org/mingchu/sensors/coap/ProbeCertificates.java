package org.mingchu.sensors.coap;

import org.eclipse.californium.elements.util.CertPathUtil;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.CertificateMessage;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.CertificateVerificationResult;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.security.cert.CertPath;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import javax.security.auth.x500.X500Principal;

/** Lets in whom the site's authority has signed and nobody has revoked. Scandium's threads. */
final class ProbeCertificates implements NewAdvancedCertificateVerifier {
    private final NewAdvancedCertificateVerifier signed;
    private final ProbeKeys keys;
    private final Doorkeeper doorkeeper;

    ProbeCertificates(
            NewAdvancedCertificateVerifier signed, ProbeKeys keys, Doorkeeper doorkeeper) {
        this.signed = signed;
        this.keys = keys;
        this.doorkeeper = doorkeeper;
    }

    @Override
    public List<CertificateType> getSupportedCertificateTypes() {
        return signed.getSupportedCertificateTypes();
    }

    @Override
    public CertificateVerificationResult verifyCertificate(
            ConnectionId cid,
            @Nullable ServerNames serverName,
            InetSocketAddress remotePeer,
            boolean clientUsage,
            boolean verifySubject,
            boolean truncateCertificatePath,
            CertificateMessage message) {
        var name = commonName(message.getCertificateChain());
        if (keys.current().get(name) instanceof ProbeKeys.Entry.Revoked) {
            doorkeeper.note(cid, name, Strangers.Reason.REVOKED);
            return new CertificateVerificationResult(cid, revoked(), null);
        }
        var result =
                signed.verifyCertificate(
                        cid,
                        serverName,
                        remotePeer,
                        clientUsage,
                        verifySubject,
                        truncateCertificatePath,
                        message);
        if (result.getException() != null) {
            doorkeeper.note(cid, name, Strangers.Reason.CERTIFICATE_REFUSED);
        }
        return result;
    }

    private static String commonName(@Nullable CertPath chain) {
        return chain == null || chain.getCertificates().isEmpty()
                ? Doorkeeper.NO_NAME
                : Optional.ofNullable(
                                CertPathUtil.getSubjectsCn(
                                        (X509Certificate) chain.getCertificates().getFirst()))
                        .orElse(Doorkeeper.NO_NAME);
    }

    private static HandshakeException revoked() {
        return new HandshakeException(
                "revoked",
                new AlertMessage(
                        AlertMessage.AlertLevel.FATAL,
                        AlertMessage.AlertDescription.CERTIFICATE_REVOKED));
    }

    @Override
    public List<X500Principal> getAcceptedIssuers() {
        return signed.getAcceptedIssuers();
    }

    @Override
    public void setResultHandler(HandshakeResultHandler resultHandler) {
        signed.setResultHandler(resultHandler);
    }
}
