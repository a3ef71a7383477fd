package org.mingchu.sensors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.Proof;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Whatever a payload holds, it becomes readings in range, silence with a reason, or nothing. */
final class PayloadFuzzTest {
    private static final List<String> SEEDS =
            List.of(
                    "zigbee2mqtt.json",
                    "tasmota-sensor.json",
                    "tasmota-state.json",
                    "chirpstack-up.json",
                    "chirpstack-status.json",
                    "the-things-stack-up.json");

    private static final List<String> WORDS =
            List.of(
                    "null",
                    "true",
                    "1e99",
                    "-1e-99",
                    "1e999999999",
                    "NaN",
                    "\"",
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ",",
                    "\\u0000",
                    "\"open\"",
                    "99999999999999999999",
                    "0x1",
                    "\"1970-01-01\"",
                    "\"2026-11-30T00:00:00Z\"",
                    "0000",
                    "-",
                    "\"offline\"",
                    "\ud83e\uddca");

    private static final int ONE_IN_TWO = 2;

    @Test
    void no_payload_is_a_surprise() {
        var chance = new Random(5);
        var seeds = new ArrayList<byte[]>();
        SEEDS.forEach(name -> seeds.add(ProfileTest.sample(name).getBytes(StandardCharsets.UTF_8)));
        List.of("21.5", "ON", "nan", "{\"state\":\"offline\"}", "")
                .forEach(text -> seeds.add(text.getBytes(StandardCharsets.UTF_8)));
        seeds.forEach(PayloadFuzz::fuzzerTestOneInput);
        var untilNs = Room.CLOCK.now().upNs() + Duration.ofSeconds(Proof.pick(1, 3, 3)).toNanos();
        var tried = 0;
        while (Room.CLOCK.now().upNs() < untilNs) {
            PayloadFuzz.fuzzerTestOneInput(mutant(seeds.get(chance.nextInt(seeds.size())), chance));
            tried++;
        }
        assertThat(tried).isGreaterThan(10);
    }

    private static byte[] mutant(byte[] seed, Random chance) {
        var bytes = seed.clone();
        for (var i = chance.nextInt(6); i >= 0 && bytes.length > 0; i--) {
            var at = chance.nextInt(bytes.length);
            bytes =
                    switch (chance.nextInt(4)) {
                        case 0 -> flipped(bytes, at, chance);
                        case 1 -> Arrays.copyOf(bytes, at);
                        case 2 -> spliced(bytes, at, chance);
                        default -> doubled(bytes, at, chance);
                    };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at, Random chance) {
        bytes[at] = (byte) (chance.nextInt(ONE_IN_TWO) == 0 ? chance.nextInt(256) : bytes[at] ^ 4);
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, Random chance) {
        var word = WORDS.get(chance.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
        var rest = Math.min(bytes.length, at + chance.nextInt(8));
        var longer = Arrays.copyOf(bytes, at + word.length + bytes.length - rest);
        System.arraycopy(word, 0, longer, at, word.length);
        System.arraycopy(bytes, rest, longer, at + word.length, bytes.length - rest);
        return longer;
    }

    private static byte[] doubled(byte[] bytes, int at, Random chance) {
        var times = Math.min(40, Picker.BYTES_MAX / bytes.length);
        var piece =
                Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 1 + chance.nextInt(40)));
        var longer = Arrays.copyOf(bytes, bytes.length + piece.length * times);
        for (var i = 0; i < times; i++) {
            System.arraycopy(piece, 0, longer, bytes.length + i * piece.length, piece.length);
        }
        return longer;
    }

    @Test
    void no_pointer_is_a_surprise() {
        var chance = new Random(6);
        for (var i = 0; i < 10_000; i++) {
            var pointer = new StringBuilder("/");
            for (var j = chance.nextInt(12); j > 0; j--) {
                pointer.append("/~01a-\u00e9*".charAt(chance.nextInt(8)));
            }
            var place = Place.of(pointer.toString());
            assertThat(place.isPresent()).isEqualTo(pointer.toString().matches("([^~]|~0|~1)*"));
        }
    }
}
