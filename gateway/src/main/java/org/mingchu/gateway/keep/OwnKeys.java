package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.proof.DeviceKeyDamaged;
import org.mingchu.gateway.keep.proof.NoteException;
import org.mingchu.gateway.keep.proof.VerifierKey;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The keys of this device in its state folder: the one it signs with, and the public halves of all
 * that it ever signed with ({@value #FILE}), so that old checkpoints can be verified when the key
 * is another one. One thread, which holds the folder.
 */
public final class OwnKeys {
    /** One verifier key in each line, the newest last. */
    static final String FILE = "device.vkey";

    /** The public half of the key whose label was written last. */
    private static final String LABELLED = "label.vkey";

    /** Longest file of keys that is read, bytes; a key takes about 100. */
    private static final long MAX_BYTES = 64 << 10;

    /** What damaged keys may take up in the quarantine, bytes: they are 64 each. */
    private static final long QUARANTINE_BYTES = 256L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(OwnKeys.class);

    private OwnKeys() {}

    /** The key that signs now; empty while nothing is signed. */
    public static Optional<VerifierKey> newest(Journal journal) {
        return journal.seal().map(Seal::verifier);
    }

    /**
     * The key to sign with. A damaged one is put into quarantine and a new one is made, loudly:
     * whoever verifies will see another fingerprint. Empty when the disk gives none; the record
     * then stays unsigned and the kitchen is watched all the same.
     *
     * @param chance where a new seed comes from; a secure one outside films
     */
    public static Optional<DeviceKey> open(Path folder, RandomGenerator chance, Moment now) {
        try {
            return Optional.of(opened(folder, chance, now));
        } catch (IOException | JournalException e) {
            LOG.error(
                    "event=device-key-missing folder={} cause=\"{}\" remedy=\"make it readable and"
                            + " start again; until then nothing is signed\"",
                    folder,
                    e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * The code on the device's label; empty when there is no key yet. Makes none.
     *
     * @throws IOException when the key is there and cannot be read
     */
    public static Optional<String> claimCode(Path folder) throws IOException {
        return Files.exists(folder.resolve(DeviceKey.FILE))
                ? Optional.of(
                        DeviceKey.open(folder, RandomGenerator.getDefault()).key().claimCode())
                : Optional.empty();
    }

    /**
     * Notes that the label was written for the key there is now: only its public half, which is no
     * secret, so that a label of an older key does not count.
     */
    public static void noteLabel(Path folder) {
        var keys = known(folder);
        if (keys.isEmpty()) {
            return;
        }
        try {
            Files.writeString(folder.resolve(LABELLED), keys.getLast() + "\n");
        } catch (IOException e) {
            LOG.warn("event=label-not-noted file={} cause=\"{}\"", LABELLED, e.getMessage());
        }
    }

    /** Whether a label was written for the key there is now. */
    public static boolean isLabelled(Path folder) {
        var keys = known(folder);
        try {
            return !keys.isEmpty()
                    && Files.readString(folder.resolve(LABELLED))
                            .strip()
                            .equals(keys.getLast().toString());
        } catch (IOException _) {
            return false;
        }
    }

    private static DeviceKey opened(Path folder, RandomGenerator chance, Moment now)
            throws IOException {
        DeviceKey.Opened opened;
        try {
            opened = DeviceKey.open(folder, chance);
        } catch (DeviceKeyDamaged e) {
            var words = String.valueOf(e.getMessage());
            var aside =
                    new Quarantine(folder, QUARANTINE_BYTES)
                            .take(DeviceKey.FILE, new Quarantine.Cause("damaged", words), now);
            LOG.error("event=device-key-damaged quarantine={} cause=\"{}\"", aside, words);
            opened = DeviceKey.open(folder, chance);
        }
        if (opened.narrowed()) {
            LOG.warn(
                    "event=device-key-was-readable file={} remedy=\"it is 0600 now; ask who could"
                            + " read it\"",
                    folder.resolve(DeviceKey.FILE));
        }
        if (opened.made()) {
            LOG.warn(
                    "event=device-key-made fingerprint=\"{}\" remedy=\"note it down with the"
                            + " platform\"",
                    opened.key().fingerprint());
        }
        return opened.key();
    }

    /** Remembers the public half of the key that is used from now on. */
    public static void remember(Path folder, Seal seal) {
        var known = known(folder);
        if (!known.isEmpty() && known.getLast().equals(seal.verifier())) {
            return;
        }
        try {
            Files.writeString(
                    folder.resolve(FILE),
                    seal.verifier() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        } catch (IOException e) {
            LOG.error("event=device-vkey-not-kept file={} cause=\"{}\"", FILE, e.getMessage());
        }
    }

    /** All public halves that are remembered, oldest first; what cannot be read is left out. */
    public static List<VerifierKey> known(Path folder) {
        var file = folder.resolve(FILE);
        var keys = new ArrayList<VerifierKey>();
        try {
            if (Files.notExists(file) || Files.size(file) > MAX_BYTES) {
                return keys;
            }
            for (var line : new String(Files.readAllBytes(file), UTF_8).lines().toList()) {
                key(line).ifPresent(keys::add);
            }
        } catch (IOException e) {
            LOG.warn("event=device-vkey-unreadable file={} cause=\"{}\"", file, e.getMessage());
        }
        return keys;
    }

    /** A power cut may have left half a line. */
    private static Optional<VerifierKey> key(String line) {
        try {
            return Optional.of(VerifierKey.parse(line));
        } catch (NoteException _) {
            return Optional.empty();
        }
    }
}
