package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "mqtts://supervision.example:8884, mqtts://supervision.example:8884",
        "mqtts://supervision.example, mqtts://supervision.example:8883",
        "mqtt://127.0.0.1, mqtt://127.0.0.1:1883",
        "mqtt://localhost:1884, mqtt://localhost:1884",
        "mqtt://[::1]:1883, mqtt://[::1]:1883"
    })
    void a_broker_is_reached_by_tls_or_on_this_machine(String text, String uri) {
        assertThat(Addresses.MQTT.parse().apply(text)).isEqualTo(Parsed.right(URI.create(uri)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mqtt://192.168.1.2:1883",
                "mqtt://127.0.0.1.example.com:1883",
                "mqtt://localhost.example.com",
                "mqtts://user:secret@supervision.example:8883",
                "mqtts://supervision.example:8883/path",
                "mqtts://supervision.example:8883?x=1",
                "mqtts://supervision.example:0",
                "mqtts://supervision.example:65536",
                "mqtts://",
                "https://supervision.example",
                "supervision.example:8883"
            })
    void any_other_broker_is_refused(String text) {
        assertThat(Addresses.MQTT.parse().apply(text)).isInstanceOf(Parsed.Wrong.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "0.0.0.0:65535", "kitchen-pi.local:8080", "[::1]:8080"})
    void a_host_and_a_port_are_read_back_as_written(String text) {
        assertThat(Addresses.HOST_PORT_FORM.parse().apply(text))
                .isInstanceOfSatisfying(
                        Parsed.Right.class, right -> assertThat(right.value()).hasToString(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", ":80", "a b:80", "::1:80"})
    void another_host_or_port_is_refused(String text) {
        assertThat(Addresses.HOST_PORT_FORM.parse().apply(text)).isInstanceOf(Parsed.Wrong.class);
    }

    @Test
    void a_real_ed25519_key_is_taken() throws NoSuchAlgorithmException {
        var key = base64("Ed25519");

        assertThat(key(key)).isEqualTo(Parsed.right(key));
        assertThat(Addresses.isShortened(key)).isFalse();
    }

    @Test
    void a_key_of_another_kind_or_length_is_refused() throws NoSuchAlgorithmException {
        var key = base64("Ed25519");

        assertThat(key(base64("X25519"))).isInstanceOf(Parsed.Wrong.class);
        assertThat(key(key.substring(0, 56))).isInstanceOf(Parsed.Wrong.class);
        assertThat(key("not Base64!")).isInstanceOf(Parsed.Wrong.class);
        assertThat(Addresses.SIGNING_KEY.parse().apply(key)).isInstanceOf(Parsed.Wrong.class);
    }

    @Test
    void a_key_shortened_for_print_stays_there_and_is_known_to_be_unusable() {
        // It must not vanish: without a key, unsigned acknowledgements would count.
        assertThat(key("MCowBQYDK2VwAyEA3vJ…")).isEqualTo(Parsed.right("MCowBQYDK2VwAyEA3vJ…"));
        assertThat(Addresses.isShortened("MCowBQYDK2VwAyEA3vJ…")).isTrue();
    }

    private static Parsed<String> key(String base64) {
        return Addresses.SIGNING_KEY.parse().apply("ed25519:" + base64);
    }

    private static String base64(String algorithm) throws NoSuchAlgorithmException {
        var pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    @Test
    void a_recorder_s_channels_stand_in_the_path_and_nowhere_before() {
        assertThat(channels("rtsp://10.0.0.9/Streaming/{channel}02")).isTrue();
        assertThat(channels("rtsp://10.0.0.9:554/cam?channel={channel}")).isTrue();
        assertThat(channels("rtsp://10.0.0.{channel}/main")).isFalse();
        assertThat(channels("rtsps://10.0.0.9/{channel}")).isFalse();
        assertThat(channels("rtsp://admin:x@10.0.0.9/{channel}")).isFalse();
        assertThat(channels("rtsp://10.0.0.9/main")).isFalse();
        assertThat(channels("{channel}")).isFalse();
    }

    private static boolean channels(String text) {
        return Addresses.CHANNELS_RTSP.parse().apply(text) instanceof Parsed.Right;
    }
}
