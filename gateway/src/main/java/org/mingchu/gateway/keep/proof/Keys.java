package org.mingchu.gateway.keep.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whose signatures count: the keys that the user gave, or else those of the export. One thread. */
final class Keys {
    /** The longest file of keys, bytes. */
    private static final int MAX_KEY_FILE = 64 << 10;

    private final Verifier.Given given;
    private final Findings findings;
    private final ExportArchive archive;
    private final List<Report.UsedKey> devices = new ArrayList<>();
    private final List<Report.UsedKey> witnesses = new ArrayList<>();
    private final Map<String, KeyRing> platforms = new TreeMap<>();
    private KeyRing device = new KeyRing(List.of());

    Keys(Verifier.Given given, ExportArchive archive, Findings findings) {
        this.given = given;
        this.archive = archive;
        this.findings = findings;
    }

    /** Reads the export's keys, and chooses. */
    void load(ExportSource.Gateway gateway) {
        var own = read(ExportFile.DEVICE_KEYS, VerifierKey.Type.ED25519);
        device = ring(given.device().isEmpty() ? own : given.device(), gateway);
        device.keys().forEach(key -> devices.add(used(key, !given.device().isEmpty())));
        given.witnesses().forEach(key -> witnesses.add(used(key, true)));
        for (var file : archive.files().keySet()) {
            if (file.startsWith("keys/") && !file.equals(ExportFile.DEVICE_KEYS)) {
                loadPlatform(file);
            }
        }
    }

    private KeyRing ring(List<VerifierKey> keys, ExportSource.Gateway gateway) {
        var fitting = keys.stream().filter(key -> key.name().equals(gateway.keyName())).toList();
        if (fitting.isEmpty()) {
            findings.add(
                    Problem.inFile(
                            ExportFile.DEVICE_KEYS,
                            "no key is one of device '" + gateway.keyName() + "'"));
        }
        return new KeyRing(fitting);
    }

    private void loadPlatform(String file) {
        var own = read(file, VerifierKey.Type.COSIGNATURE);
        var name = file.substring("keys/".length(), file.length() - ".vkey".length());
        platforms.put(name, new KeyRing(own));
        if (!witnessesGiven()) {
            own.forEach(key -> witnesses.add(used(key, false)));
        }
    }

    KeyRing device() {
        return device;
    }

    KeyRing platform(String name) {
        return witnessesGiven()
                ? new KeyRing(given.witnesses())
                : platforms.getOrDefault(name, new KeyRing(List.of()));
    }

    boolean witnessesGiven() {
        return !given.witnesses().isEmpty();
    }

    List<Report.UsedKey> devices() {
        return devices;
    }

    List<Report.UsedKey> witnesses() {
        return witnesses;
    }

    private List<VerifierKey> read(String file, VerifierKey.Type type) {
        var text = archive.small(file, MAX_KEY_FILE).map(bytes -> new String(bytes, UTF_8));
        try {
            var keys = VerifierKey.parseAll(text.orElse(""));
            if (keys.stream().allMatch(key -> key.type() == type)) {
                return keys;
            }
            findings.add(Problem.inFile(file, "a key of another type than " + type));
        } catch (NoteException e) {
            findings.add(Problem.inFile(file, String.valueOf(e.getMessage())));
        }
        return List.of();
    }

    private static Report.UsedKey used(VerifierKey key, boolean given) {
        return new Report.UsedKey(key.name(), key.fingerprint(), given);
    }
}
