package org.mingchu.gateway.cert;

import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Is a certificate one with which this gateway can show itself? */
final class Chain {
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private Chain() {}

    /** In the name of somebody else it would open somebody else's topics. */
    static void checkName(X509Certificate ours, String gateway, String from) throws Refused {
        var name = commonName(ours);
        if (!name.equals(gateway)) {
            throw new Refused(
                    "%s: is made out to CN=%s, and this gateway is %s"
                            .formatted(from, name, gateway),
                    "send the platform the request of this gateway: mingchu cert request");
        }
    }

    /** A clock that nobody has set knows no dates. */
    static void checkDates(X509Certificate ours, Moment now, String from) throws Refused {
        var today = Instant.ofEpochMilli(now.wallMs());
        if (now.clock() == ClockState.UNSYNCED) {
            return;
        }
        if (ours.getNotAfter().toInstant().isBefore(today)) {
            throw new Refused(
                    from + ": has run out on " + ours.getNotAfter().toInstant(),
                    "ask the platform for a new one: mingchu cert request");
        }
        if (ours.getNotBefore().toInstant().isAfter(today)) {
            throw new Refused(
                    from + ": holds only from " + ours.getNotBefore().toInstant() + " on",
                    "look at this machine's clock (timedatectl), or wait");
        }
    }

    /** RFC 5280 sections 4.2.1.3 and 4.2.1.12. */
    static void checkUse(X509Certificate ours, String from) throws Refused {
        var usage = ours.getKeyUsage();
        try {
            var purposes = ours.getExtendedKeyUsage();
            if ((usage == null || usage[0])
                    && (purposes == null
                            || purposes.contains(CLIENT)
                            || purposes.contains(ANY_PURPOSE))) {
                return;
            }
        } catch (CertificateParsingException _) {
            // As good as another purpose.
        }
        throw new Refused(
                from + ": is not meant for a TLS client",
                "ask the platform for one with digitalSignature and clientAuth");
    }

    /**
     * Ours in front, then whoever signed it, without the root.
     *
     * @param all what came with it, in any order
     * @param ca file of the roots
     */
    static List<X509Certificate> upTo(
            Path ca, X509Certificate ours, List<X509Certificate> all, Moment now, String from)
            throws Refused {
        var roots = Pem.certificates(ca);
        try {
            var wanted = new X509CertSelector();
            wanted.setCertificate(ours);
            var anchors =
                    roots.stream()
                            .map(root -> new TrustAnchor(root, null))
                            .collect(Collectors.toSet());
            var search = new PKIXBuilderParameters(anchors, wanted);
            search.setRevocationEnabled(false);
            search.setDate(day(ours, now));
            search.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
            var found = CertPathBuilder.getInstance("PKIX").build(search).getCertPath();
            return found.getCertificates().stream().map(X509Certificate.class::cast).toList();
        } catch (CertPathBuilderException _) {
            throw new Refused(
                    "%s: is not signed by %s (it says: %s)"
                            .formatted(from, ca, ours.getIssuerX500Principal()),
                    "name the file of whoever signs gateways with --ca, and have what is between"
                            + " them in the answer");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK follows chains", e);
        }
    }

    /** Where the clock knows no date, one on which ours holds. */
    private static Date day(X509Certificate ours, Moment now) {
        return now.clock() == ClockState.UNSYNCED
                ? ours.getNotBefore()
                : Date.from(Instant.ofEpochMilli(now.wallMs()));
    }

    private static String commonName(X509Certificate ours) {
        var names = new ArrayList<String>();
        try {
            for (var part : new LdapName(ours.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(Objects.toString(part.getValue()));
                }
            }
        } catch (InvalidNameException _) {
            return "";
        }
        return names.size() == 1 ? names.getFirst() : "";
    }
}
