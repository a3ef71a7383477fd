package org.mingchu.gateway.cert;

import org.mingchu.sensors.Moment;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import javax.security.auth.x500.X500Principal;

/**
 * From a key that is made on the device and never leaves it to a certificate that is in use. One
 * thread.
 *
 * @param gateway its id, which is the certificate's name (CN)
 * @param site its kitchen's (OU): gateways of many kitchens have the same id
 */
public record Enrolment(Slot slot, String gateway, String site) {
    /**
     * The request for a certificate, PKCS#10 in PEM. The one that nobody has answered yet, where
     * there is one: whoever asks twice must not lose the key of what is being signed.
     *
     * @param afresh a new key in any case
     */
    public String request(boolean afresh, SecureRandom chance) throws Refused {
        var pending = OwnFile.text(slot.request());
        if (!afresh && pending.isPresent() && Pem.key(slot.pendingKey()).isPresent()) {
            return pending.get();
        }
        var subject = new X500Principal("CN=" + gateway + ", OU=" + site);
        var folder = OwnFile.folder(slot.key());
        var made = KeyTool.make(subject, folder, chance);
        // The old request first: it must never stand beside the key of another one.
        OwnFile.delete(slot.request());
        OwnFile.secret(slot.pendingKey(), made.key());
        OwnFile.open(slot.request(), made.request());
        return made.request();
    }

    /**
     * Puts a certificate into use, if it is ours in every respect; the old one and its key stay
     * beside it as {@code *.old}.
     *
     * @param all the answer to the request, in any order
     * @param ca file of the roots that sign gateways
     * @param from where the answer is from, for messages
     */
    public X509Certificate install(List<X509Certificate> all, Path ca, Moment now, String from)
            throws Refused {
        var pending = Pem.key(slot.pendingKey());
        var current = Pem.key(slot.key());
        var ofPending = pending.flatMap(key -> ours(all, key));
        var ours =
                ofPending
                        .or(() -> current.flatMap(key -> ours(all, key)))
                        .orElseThrow(() ->
                                new Refused(
                                        from + ": is not for the key of this gateway",
                                        "it answers another request, or an older one: send the"
                                                + " platform what mingchu cert request prints"));
        Chain.checkName(ours, gateway, from);
        Chain.checkUse(ours, from);
        Chain.checkDates(ours, now, from);
        var chain = Chain.upTo(ca, ours, all, now, from);
        replace(chain, ofPending.isPresent());
        return ours;
    }

    /** All in a file, for {@link #install}. */
    public static List<X509Certificate> read(Path file) throws Refused {
        return Pem.certificates(file);
    }

    /**
     * The agent reads both files at each connection. They lie ready before the first one is put,
     * and are put one right after the other: in between a connection fails, and is tried again.
     */
    private void replace(List<X509Certificate> chain, boolean withKey) throws Refused {
        keep(slot.certificate(), false);
        var fresh = Slot.beside(slot.certificate(), ".new");
        OwnFile.open(fresh, Pem.text(chain));
        if (withKey) {
            keep(slot.key(), true);
            OwnFile.put(slot.pendingKey(), slot.key());
        }
        OwnFile.put(fresh, slot.certificate());
        OwnFile.delete(slot.request());
    }

    private static void keep(Path file, boolean secret) throws Refused {
        var old = OwnFile.text(file);
        if (old.isPresent() && secret) {
            OwnFile.secret(Slot.beside(file, ".old"), old.get());
        } else if (old.isPresent()) {
            OwnFile.open(Slot.beside(file, ".old"), old.get());
        }
    }

    private static Optional<X509Certificate> ours(List<X509Certificate> all, PrivateKey key) {
        return all.stream().filter(one -> Pem.fits(key, one)).findFirst();
    }
}
