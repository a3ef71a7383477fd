package org.mingchu.simulator.check.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.simulator.note.VerifierKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Whose signatures count: the keys the user gave, else those of the export. Immutable.
 *
 * @param device of the gateway
 * @param platforms of the export, by platform
 * @param witnesses given by the user; these alone count then
 */
record Keys(
        List<VerifierKey> device,
        boolean deviceGiven,
        Map<String, List<VerifierKey>> platforms,
        List<VerifierKey> witnesses) {
    private static final String DEVICE = "keys/device.vkey";

    static Keys read(
            Archive archive,
            List<VerifierKey> device,
            List<VerifierKey> witnesses,
            Consumer<Problem> problems) {
        var own = read(archive, DEVICE, VerifierKey.ED25519, problems);
        if (!archive.names("keys/").contains(DEVICE)) {
            problems.accept(Problem.in(DEVICE, "it is not there"));
        }
        var platforms = new TreeMap<String, List<VerifierKey>>();
        for (var name : archive.names("keys/")) {
            if (name.endsWith(".vkey") && !name.equals(DEVICE)) {
                var platform = name.substring("keys/".length(), name.length() - ".vkey".length());
                platforms.put(platform, read(archive, name, VerifierKey.COSIGNATURE_V1, problems));
            }
        }
        return new Keys(device.isEmpty() ? own : device, !device.isEmpty(), platforms, witnesses);
    }

    private static List<VerifierKey> read(
            Archive archive, String name, int type, Consumer<Problem> problems) {
        var keys = new ArrayList<VerifierKey>();
        var text = new String(archive.file(name).orElse(new byte[0]), UTF_8);
        for (var line : text.lines().toList()) {
            VerifierKey.of(line)
                    .filter(key -> key.type() == type)
                    .ifPresentOrElse(
                            keys::add,
                            () -> problems.accept(Problem.in(name, "a line that is no such key")));
        }
        return List.copyOf(keys);
    }

    boolean areWitnessesGiven() {
        return !witnesses.isEmpty();
    }

    /** Those whose cosignature makes a receipt of this platform. */
    List<VerifierKey> of(String platform) {
        return areWitnessesGiven() ? witnesses : platforms.getOrDefault(platform, List.of());
    }

    /** All whose cosignatures count. */
    List<VerifierKey> allWitnesses() {
        return areWitnessesGiven()
                ? witnesses
                : platforms.values().stream().flatMap(List::stream).toList();
    }
}
