package org.mingchu.simulator.check.export;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an export says it holds. Immutable.
 *
 * @param gateway {@code area/site/id}
 * @param whole it holds every epoch from the first one on
 * @param files hexadecimal SHA-256 by name
 */
record Manifest(String gateway, boolean whole, List<Epoch> epochs, Map<String, String> files) {
    static final String NAME = "manifest.json";
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Leaves of one epoch that are read here. */
    private static final long LEAVES_MAX = 30_000_000;

    /**
     * One epoch.
     *
     * @param size its entries when it was exported
     */
    record Epoch(String id, String origin, long from, long to, long size) {
        int count() {
            return Math.toIntExact(to - from + 1);
        }

        boolean holds(long seq) {
            return from <= seq && seq <= to;
        }
    }

    /** Empty when nothing can be made of it. */
    static Optional<Manifest> read(byte[] json, Consumer<Problem> problems) {
        try {
            if (json.length > 0 && (json[0] & 0xff) == 0xef) {
                problems.accept(Problem.in(NAME, "a byte order mark"));
            }
            return read(MAPPER.readTree(json), problems);
        } catch (JacksonException e) {
            problems.accept(Problem.in(NAME, "no JSON: " + e.getOriginalMessage()));
            return Optional.empty();
        }
    }

    private static Optional<Manifest> read(JsonNode root, Consumer<Problem> problems) {
        if (!root.path("schema").asString("").equals("kfs/export/1")) {
            problems.accept(Problem.in(NAME, "its schema is not kfs/export/1"));
            return Optional.empty();
        }
        var at = root.path("gateway");
        var gateway =
                String.join(
                        "/",
                        at.path("area").asString(""),
                        at.path("site").asString(""),
                        at.path("id").asString(""));
        var files = new LinkedHashMap<String, String>();
        root.path("files").forEachEntry((name, hash) -> files.put(name, hash.asString("")));
        var epochs = new ArrayList<Epoch>();
        var ids = new HashSet<String>();
        for (var node : root.path("epochs")) {
            var epoch = epoch(node);
            if (isSound(epoch, gateway) && ids.add(epoch.id())) {
                epochs.add(epoch);
            } else {
                problems.accept(Problem.in(NAME, "an epoch that cannot be so: " + node));
            }
        }
        if (!root.path("epochs").isArray() || !root.path("files").isObject()) {
            problems.accept(Problem.in(NAME, "epochs or files are not there"));
        }
        return Optional.of(
                new Manifest(
                        gateway, root.path("whole").asBoolean(false), List.copyOf(epochs), files));
    }

    private static Epoch epoch(JsonNode node) {
        return new Epoch(
                node.path("epoch").asString(""),
                node.path("origin").asString(""),
                whole(node.path("from")),
                whole(node.path("to")),
                whole(node.path("size")));
    }

    private static long whole(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : -1;
    }

    private static boolean isSound(Epoch epoch, String gateway) {
        return epoch.id().matches("[0-9a-f]{16}")
                && epoch.origin().equals("mingchu/" + gateway + "/" + epoch.id())
                && epoch.from() >= 1
                && epoch.from() <= epoch.to() + 1
                && epoch.to() <= epoch.size()
                && epoch.to() - epoch.from() < LEAVES_MAX;
    }
}
