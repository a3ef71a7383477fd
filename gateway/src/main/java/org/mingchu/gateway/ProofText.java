package org.mingchu.gateway;

import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Proofs;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.tend.Told;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Proofs as they are told: what they say for people, all their bytes for machines. */
final class ProofText {
    private static final HexFormat HEX = HexFormat.of();

    private ProofText() {}

    /** What the words ask to have proven. */
    static Told of(Journal journal, Map<String, String> words) throws IOException {
        try {
            var proofs = Proofs.of(journal, words.getOrDefault("epoch", journal.epoch()));
            var json = words.containsKey("json");
            if (words.containsKey("seq")) {
                var proof = proofs.inclusion(number(words, "seq"));
                return json
                        ? Told.well(JsonLine.of(out -> write(out, proof)))
                        : Told.well(lines(proof));
            }
            var proof = proofs.consistency(number(words, "from-size"), number(words, "to-size"));
            return json
                    ? Told.well(JsonLine.of(out -> write(out, proof)))
                    : Told.well(lines(proof));
        } catch (JournalException | Words.Unusable e) {
            return Told.unusable(String.valueOf(e.getMessage()));
        }
    }

    private static long number(Map<String, String> words, String key) {
        var word = words.getOrDefault(key, "");
        if (!word.matches("\\d{1,12}")) {
            throw new Words.Unusable(
                    "--%s '%s': expected a whole number, such as 1".formatted(key, word));
        }
        return Long.parseLong(word);
    }

    private static List<String> lines(Proofs.Inclusion proof) {
        var head = proof.head();
        return List.of(
                "entry %d of epoch %s is in the tree of %d entries that the device has signed"
                        .formatted(head.seq(), head.epoch(), head.size()),
                "entry: %d bytes, leaf %s"
                        .formatted(proof.entry().length, HEX.formatHex(proof.leaf())),
                "path: %d hashes to root %s"
                        .formatted(proof.path().size(), HEX.formatHex(head.root())),
                "--json has the entry, the hashes and the checkpoint; export.md 1 says how to check");
    }

    private static List<String> lines(Proofs.Consistency proof) {
        return List.of(
                "the tree of %d entries of epoch %s begins with that of %d: nothing was changed"
                        .formatted(proof.to().size(), proof.epoch(), proof.from().size()),
                size(proof.from()),
                size(proof.to()),
                "path: %d hashes; --json has them".formatted(proof.path().size()));
    }

    private static String size(Proofs.Signed of) {
        return "size %d: root %s, %s"
                .formatted(
                        of.size(),
                        HEX.formatHex(of.root()),
                        of.note().isPresent() ? "signed by the device" : "not signed at this size");
    }

    private static void write(JsonGenerator json, Proofs.Inclusion proof) {
        var head = proof.head();
        json.writeStringProperty("schema", "kfs/inclusion-proof/1")
                .writeStringProperty("epoch", head.epoch())
                .writeNumberProperty("seq", head.seq())
                .writeNumberProperty("size", head.size())
                .writeStringProperty("entry", HEX.formatHex(proof.entry()))
                .writeStringProperty("leaf", HEX.formatHex(proof.leaf()));
        path(json, proof.path());
        json.writeStringProperty("root", HEX.formatHex(head.root()))
                .writeStringProperty("checkpoint", proof.note());
    }

    private static void write(JsonGenerator json, Proofs.Consistency proof) {
        json.writeStringProperty("schema", "kfs/consistency-proof/1")
                .writeStringProperty("epoch", proof.epoch());
        write(json, "from", proof.from());
        write(json, "to", proof.to());
        path(json, proof.path());
    }

    private static void write(JsonGenerator json, String name, Proofs.Signed of) {
        json.writeObjectPropertyStart(name)
                .writeNumberProperty("size", of.size())
                .writeStringProperty("root", HEX.formatHex(of.root()));
        of.note().ifPresent(note -> json.writeStringProperty("checkpoint", note));
        json.writeEndObject();
    }

    private static void path(JsonGenerator json, List<byte[]> path) {
        json.writeArrayPropertyStart("path");
        path.forEach(hash -> json.writeString(HEX.formatHex(hash)));
        json.writeEndArray();
    }
}
