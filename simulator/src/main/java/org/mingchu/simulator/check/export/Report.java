package org.mingchu.simulator.check.export;

import org.mingchu.simulator.note.VerifierKey;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found. Immutable.
 *
 * @param firstBad empty when nothing is wrong
 */
public record Report(
        Optional<Problem> firstBad, Keys keys, List<OfEpoch> epochs, List<Problem> problems) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** What of an epoch is proven, and by whom. */
    record OfEpoch(Manifest.Epoch epoch, Optional<Witnessed> witnessed, List<EntryRead.Gap> gaps) {
        /** The first seq that only the device vouches for. */
        long selfFrom() {
            return Math.max(epoch.from(), witnessed.map(Witnessed::to).orElse(0L) + 1);
        }

        long selfTo() {
            return Math.min(epoch.to(), epoch.proven());
        }
    }

    /** A platform has seen it, up to a size, at a time in seconds since 1970. */
    record Witnessed(long to, String by, long seconds) {
        String at() {
            return Instant.ofEpochSecond(seconds).toString();
        }
    }

    /** Whether no check failed. */
    public boolean isProven() {
        return problems.isEmpty();
    }

    /** The report of schema {@code kfs/verify/1}. */
    public String json() {
        var root = MAPPER.createObjectNode();
        root.put("schema", "kfs/verify/1").put("proven", isProven());
        root.set("firstBad", firstBad.map(Report::node).orElse(null));
        keys(root.putArray("device"), keys.device(), keys.deviceGiven());
        keys(root.putArray("witnesses"), keys.allWitnesses(), keys.areWitnessesGiven());
        var list = root.putArray("epochs");
        epochs.forEach(epoch -> list.add(node(epoch)));
        var wrong = root.putArray("problems");
        problems.forEach(problem -> wrong.add(node(problem)));
        return root.toString();
    }

    private static void keys(ArrayNode into, List<VerifierKey> keys, boolean given) {
        for (var key : keys) {
            into.addObject()
                    .put("name", key.name())
                    .put("fingerprint", key.fingerprint())
                    .put("given", given);
        }
    }

    private static ObjectNode node(Problem problem) {
        var node = MAPPER.createObjectNode();
        node.put("epoch", problem.epoch().orElse(null));
        node.put("from", problem.seqs().map(Problem.Span::from).orElse(null));
        node.put("to", problem.seqs().map(Problem.Span::to).orElse(null));
        node.put("somewhere", problem.somewhere());
        node.put("file", problem.file().orElse(null));
        return node.put("why", problem.why());
    }

    private static ObjectNode node(OfEpoch of) {
        var epoch = of.epoch();
        var node = MAPPER.createObjectNode();
        node.put("epoch", epoch.id())
                .put("from", epoch.from())
                .put("to", epoch.to())
                .put("size", epoch.size());
        node.putNull("witnessed").putNull("selfAttested");
        of.witnessed()
                .filter(w -> w.to() >= epoch.from())
                .ifPresent(w ->
                        node.putObject("witnessed")
                                .put("from", epoch.from())
                                .put("to", Math.min(w.to(), epoch.to()))
                                .put("by", w.by())
                                .put("at", w.at()));
        if (of.selfFrom() <= of.selfTo()) {
            node.putObject("selfAttested").put("from", of.selfFrom()).put("to", of.selfTo());
        }
        var unproven = node.putArray("unproven");
        for (var run : epoch.withoutProof()) {
            unproven.addObject().put("from", run.from()).put("to", run.to());
        }
        var gaps = node.putArray("gaps");
        for (var gap : of.gaps()) {
            gaps.addObject().put("from", gap.from()).put("to", gap.to()).put("cause", gap.cause());
        }
        return node;
    }

    /** The report for people. */
    public String text() {
        var text = new StringBuilder(isProven() ? "proven\n" : "NOT PROVEN\n");
        for (var key : keys.device()) {
            text.append(
                    "device key %s%s%n"
                            .formatted(
                                    key.fingerprint(),
                                    keys.deviceGiven() ? "" : " (the export's own: compare it)"));
        }
        for (var of : epochs) {
            var epoch = of.epoch();
            text.append("epoch %s:".formatted(epoch.id()));
            of.witnessed()
                    .filter(w -> w.to() >= epoch.from())
                    .ifPresent(w ->
                            text.append(
                                    " witnessed %d..%d by %s at %s;"
                                            .formatted(
                                                    epoch.from(),
                                                    Math.min(w.to(), epoch.to()),
                                                    w.by(),
                                                    w.at())));
            if (of.selfFrom() <= of.selfTo()) {
                text.append(" self-attested %d..%d;".formatted(of.selfFrom(), of.selfTo()));
            }
            epoch.withoutProof()
                    .forEach(run ->
                            text.append(
                                    " %d..%d UNPROVEN, neither of both;"
                                            .formatted(run.from(), run.to())));
            of.gaps()
                    .forEach(gap ->
                            text.append(
                                    " gap %d..%d %s;"
                                            .formatted(gap.from(), gap.to(), gap.cause())));
            text.append('\n');
        }
        firstBad.ifPresent(bad ->
                text.append(
                        "first bad: %s%s: %s%n"
                                .formatted(
                                        bad.epoch().map(e -> "epoch " + e + " ").orElse(""),
                                        bad.seqs()
                                                .map(s -> "seq %d..%d".formatted(s.from(), s.to()))
                                                .orElse(bad.file().orElse("the file")),
                                        bad.why())));
        return text.toString();
    }
}
