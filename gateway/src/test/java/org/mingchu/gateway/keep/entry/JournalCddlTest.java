package org.mingchu.gateway.keep.entry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.cbor.CborWriter;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.cbor.CBORFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Holds the encoder to the published description, as another reader of CBOR sees its bytes. */
class JournalCddlTest {
    private static final int SEEDS = 200;
    private static final String EPOCH = "9f2c61d07b3a4e55";

    private final Cddl cddl = Cddl.read(Path.of("src/main/contract/journal.cddl"));
    private final CBORFactory cbor = new CBORFactory();

    @Test
    void every_entry_is_what_the_description_says_of_its_kind() {
        for (var kind : FactCodec.kinds().toArray()) {
            for (var seed = 0; seed < SEEDS; seed++) {
                var entry = tree(EntryCodec.encode(new CborWriter(), entry(kind, seed)));
                assertThat(cddl.allows("entry", entry)).as("kind %d seed %d", kind, seed).isTrue();
                assertThat(cddl.allows("body-" + kind, map(entry).get(10L)))
                        .as("body of kind %d seed %d", kind, seed)
                        .isTrue();
            }
        }
        assertThat(cddl.has("body-" + (FactCodec.kinds().max().orElseThrow() + 1))).isFalse();
    }

    @Test
    void every_snapshot_and_every_progress_is_as_described() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var words = new RandomWords(new Random(seed));
            var sealed = StateCodec.seal(words.state(EPOCH, seed), "1.0.0", "plan");
            assertThat(cddl.allows("snapshot", tree(sealed))).as("seed %d", seed).isTrue();
            var progress = new Progress(seed, List.of(new SeqRange(seed + 2, seed + 300)));
            assertThat(cddl.allows("progress", tree(StateCodec.progress(progress)))).isTrue();
        }
    }

    @Test
    void the_description_refuses_an_entry_without_a_field_or_with_another_type() {
        for (var kind : FactCodec.kinds().toArray()) {
            var entry = map(tree(EntryCodec.encode(new CborWriter(), entry(kind, 3))));
            for (var key : List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 10L)) {
                var without = new TreeMap<>(entry);
                without.remove(key);
                assertThat(cddl.allows("entry", without)).as("without %d", key).isFalse();
                var wrong = new TreeMap<>(entry);
                wrong.put(key, true);
                assertThat(cddl.allows("entry", wrong)).as("wrong %d", key).isFalse();
            }
            var more = new TreeMap<>(entry);
            more.put(11L, 1L);
            assertThat(cddl.allows("entry", more)).isFalse();
        }
    }

    private static Entry entry(int kind, long seed) {
        var words = new RandomWords(new Random(seed * 37 + kind));
        return new Entry(EPOCH, seed + 1, words.moment(), words.fact(kind));
    }

    @SuppressWarnings("unchecked") // tree() makes no other maps
    private static Map<Long, Object> map(Object tree) {
        return (Map<Long, Object>) tree;
    }

    private Object tree(byte[] bytes) {
        try (var parser = cbor.createParser(ObjectReadContext.empty(), bytes)) {
            parser.nextToken();
            var tree = tree(parser);
            assertThat(parser.nextToken()).isNull();
            return tree;
        }
    }

    private static Object tree(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> Cddl.NULL;
            case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
            default -> throw new AssertionError(parser.currentToken());
        };
    }

    private static Object object(JsonParser parser) {
        var map = new TreeMap<Long, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = Long.parseLong(parser.currentName());
            parser.nextToken();
            map.put(key, tree(parser));
        }
        return map;
    }

    private static Object array(JsonParser parser) {
        var list = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(tree(parser));
        }
        return list;
    }
}
