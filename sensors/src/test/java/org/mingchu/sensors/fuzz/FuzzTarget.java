package org.mingchu.sensors.fuzz;

import org.mingchu.sensors.camera.RtspFuzz;
import org.mingchu.sensors.camera.http.HttpFuzz;
import org.mingchu.sensors.camera.onvif.XmlFuzz;
import org.mingchu.sensors.camera.picture.SnapshotFuzz;
import org.mingchu.sensors.camera.sip.RegistrarFuzz;
import org.mingchu.sensors.camera.sip.SipFuzz;
import org.mingchu.sensors.coap.CoapFuzz;
import org.mingchu.sensors.coap.HelloFuzz;
import org.mingchu.sensors.coap.PolledFuzz;
import org.mingchu.sensors.coap.ProbeKeysFuzz;
import org.mingchu.sensors.coap.SenMlFuzz;
import org.mingchu.sensors.mqtt.PayloadFuzz;
import org.mingchu.sensors.mqtt.PointerFuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is fuzzed. Each reads the inputs of its own folder of {@code fuzz}, where what the fuzzer
 * found is kept, and those that other tests have.
 */
@SuppressWarnings("ImmutableEnumChecker") // a list of copyOf, and method references
enum FuzzTarget {
    COAP(CoapFuzz.class, CoapFuzz::fuzzerTestOneInput, 2_048),
    COAP_POLLED(PolledFuzz.class, PolledFuzz::fuzzerTestOneInput, 2_048),
    DTLS_HELLO(HelloFuzz.class, HelloFuzz::fuzzerTestOneInput, 512),
    SENML_JSON(SenMlFuzz.Json.class, SenMlFuzz.Json::fuzzerTestOneInput, 8_193, "senml"),
    SENML_CBOR(SenMlFuzz.Cbor.class, SenMlFuzz.Cbor::fuzzerTestOneInput, 8_193, "senml"),
    PROBE_KEYS(ProbeKeysFuzz.class, ProbeKeysFuzz::fuzzerTestOneInput, 4_096),
    MQTT_PAYLOAD(PayloadFuzz.class, PayloadFuzz::fuzzerTestOneInput, 4_096, "mqtt"),
    MQTT_POINTER(PointerFuzz.class, PointerFuzz::fuzzerTestOneInput, 2_048),
    SIP(SipFuzz.class, SipFuzz::fuzzerTestOneInput, 5_000, "sip/corpus"),
    SIP_REGISTRAR(RegistrarFuzz.class, RegistrarFuzz::fuzzerTestOneInput, 5_000, "sip/corpus"),
    XML(XmlFuzz.class, XmlFuzz::fuzzerTestOneInput, 8_192),
    HTTP(HttpFuzz.class, HttpFuzz::fuzzerTestOneInput, 12_288),
    RTSP(RtspFuzz.class, RtspFuzz::fuzzerTestOneInput, 12_288),
    JPEG(SnapshotFuzz.class, SnapshotFuzz::fuzzerTestOneInput, 4_096, "pictures/seeds");

    private final Class<?> type;
    private final Consumer<byte[]> one;
    private final int bytesMax;
    private final List<String> shared;

    /**
     * @param bytesMax longest input; a little more than the largest limit that a short one meets
     * @param shared folders of resources that hold inputs too
     */
    FuzzTarget(Class<?> type, Consumer<byte[]> one, int bytesMax, String... shared) {
        this.type = type;
        this.one = one;
        this.bytesMax = bytesMax;
        this.shared = List.of(shared);
    }

    Class<?> type() {
        return type;
    }

    int bytesMax() {
        return bytesMax;
    }

    void feed(byte[] input) {
        one.accept(input);
    }

    /** The name of its folder. */
    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All its folders of inputs. */
    List<Path> folders() {
        return Stream.concat(Stream.of("fuzz/" + folder()), shared.stream())
                .map(FuzzTarget::resource)
                .toList();
    }

    /** All that is kept for it, by file. */
    List<Path> kept() {
        return folders().stream().flatMap(FuzzTarget::files).toList();
    }

    static Stream<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path resource(String name) {
        var place = Optional.ofNullable(FuzzTarget.class.getResource("/" + name));
        try {
            return Path.of(place.orElseThrow().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
