package org.mingchu.sensors.camera.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Proof;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Whatever comes, the parsers throw nothing and come to an end. A failure prints its seed; what it
 * found goes into the corpus.
 */
final class SipFuzzTest {
    private static final List<String> CORPUS =
            List.of(
                    "register-2016.sip",
                    "register-login-md5.sip",
                    "register-login-sha256.sip",
                    "keepalive-gb2312.sip",
                    "keepalive-faults.sip",
                    "compact-folded.sip",
                    "options.sip",
                    "entities.xml");

    private static final int SECONDS = Proof.pick(1, 5, 5);
    private static final List<String> SPLINTERS =
            List.of(
                    "\r\n",
                    "\n ",
                    ";",
                    ",",
                    "<",
                    ">",
                    "\"",
                    "\\",
                    "=",
                    ":",
                    "@",
                    "\0",
                    "sip:",
                    "Via: ",
                    "v:",
                    ";rport",
                    ";branch=",
                    "Content-Length: ",
                    "-1",
                    "99999999999",
                    "Digest ",
                    "response=",
                    "<!DOCTYPE",
                    "<![CDATA[",
                    "]]>",
                    "&#0;",
                    "&lt;",
                    "&a;",
                    "<DeviceID>",
                    "</Info>",
                    "<?xml version=\"1.0\" encoding=\"",
                    "UTF-16",
                    "<a b='",
                    "\u00ff\u00fe",
                    "\u00810");

    @Test
    void the_corpus_is_read() throws IOException {
        for (var name : CORPUS) {
            SipFuzz.fuzzerTestOneInput(seed(name));
        }
        assertThat(SipParser.parse(seed("compact-folded.sip"))).isPresent();
        assertThat(SipParser.parse(seed("keepalive-gb2312.sip"))).isPresent();
    }

    @Test
    void mutations_of_the_corpus_throw_nothing_and_end() throws IOException {
        var seeds = new ArrayList<byte[]>();
        for (var name : CORPUS) {
            seeds.add(seed(name));
        }
        var endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (var seed = 0L; System.nanoTime() < endNs; seed++) {
            var message = mutated(seeds, new Random(seed));
            var startNs = System.nanoTime();
            try {
                SipFuzz.fuzzerTestOneInput(message);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
            var tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            assertThat(tookMs).as("seed %d", seed).isLessThan(2_000);
        }
    }

    /** The registrar itself: state as well as text, in a name that it knows. */
    @Test
    void mutations_answered_by_the_registrar_throw_nothing_and_register_nobody()
            throws IOException {
        var clock = new HandClock();
        var device = SipDevice.of("cam", Site.ID, Site.PASSWORD);
        var reception = new Reception(Site.settings(), List.of(device), clock, new SecureRandom());
        reception.hears();
        var seeds = new ArrayList<byte[]>();
        for (var name : CORPUS) {
            seeds.add(seed(name));
        }
        var peer = new Peer(Transport.UDP, InetAddress.getLoopbackAddress(), 5060);
        for (var seed = 0L; seed < Proof.pick(2_000, 40_000, 40_000); seed++) {
            reception.answer(mutated(seeds, new Random(seed)), peer);
            clock.add(7);
            assertThat(reception.standing("cam").verdict())
                    .as("seed %d", seed)
                    .isIn(CameraVerdict.UNKNOWN, CameraVerdict.UNREGISTERED);
        }
        assertThat(reception.findings()).hasSizeLessThan(7 * Findings.OF_A_KIND_MAX);
    }

    private static byte[] mutated(List<byte[]> seeds, Random chance) {
        var text =
                new StringBuilder(
                        new String(
                                seeds.get(chance.nextInt(seeds.size())),
                                StandardCharsets.ISO_8859_1));
        for (var cuts = chance.nextInt(1, 6); cuts > 0 && !text.isEmpty(); cuts--) {
            var at = chance.nextInt(text.length());
            switch (chance.nextInt(6)) {
                case 0 -> text.setCharAt(at, (char) chance.nextInt(256));
                case 1 -> text.insert(at, SPLINTERS.get(chance.nextInt(SPLINTERS.size())));
                case 2 -> text.delete(at, Math.min(text.length(), at + chance.nextInt(1, 40)));
                case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 60)));
                case 4 ->
                        text.insert(
                                at,
                                SPLINTERS
                                        .get(chance.nextInt(SPLINTERS.size()))
                                        .repeat(chance.nextInt(1, 400)));
                default -> text.setLength(at);
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] seed(String name) throws IOException {
        try (InputStream in = SipFuzzTest.class.getResourceAsStream("/sip/corpus/" + name)) {
            return Optional.ofNullable(in).orElseThrow().readAllBytes();
        }
    }
}
