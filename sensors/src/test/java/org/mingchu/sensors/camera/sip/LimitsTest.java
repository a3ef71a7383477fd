package org.mingchu.sensors.camera.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.camera.sip.Finding.Kind;
import org.mingchu.sensors.camera.sip.Nonces.Worth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What is kept of strangers has an end, and what they may ask has one too. */
final class LimitsTest {
    private static final long NOW_NS = TimeUnit.HOURS.toNanos(1);
    private static final Rates RATES = new Rates(10, 100);

    @Test
    void a_nonce_has_128_bits_and_is_good_once_from_whom_it_was_given_to_for_30_s() {
        var nonces = new Nonces(new SecureRandom());
        var first = nonces.issue(address(1), NOW_NS);
        assertThat(first).hasSize(32).matches("[0-9a-f]+");
        assertThat(nonces.spend(first, address(2), NOW_NS)).isEqualTo(Worth.STALE);
        assertThat(nonces.spend(first, address(1), NOW_NS)).isEqualTo(Worth.LIVE);
        assertThat(nonces.spend(first, address(1), NOW_NS)).isEqualTo(Worth.SPENT);
        assertThat(nonces.spend("ours", address(1), NOW_NS)).isEqualTo(Worth.STALE);

        var late = nonces.issue(address(1), NOW_NS);
        assertThat(nonces.spend(late, address(1), NOW_NS + TimeUnit.MILLISECONDS.toNanos(30_001)))
                .isEqualTo(Worth.STALE);
    }

    @Test
    void so_many_nonces_are_out_and_no_two_are_alike() {
        var nonces = new Nonces(new SecureRandom());
        var all = new HashSet<String>();
        for (var i = 0; i < 3 * Nonces.NONCES_MAX; i++) {
            all.add(nonces.issue(address(1), NOW_NS));
        }
        assertThat(all).hasSize(3 * Nonces.NONCES_MAX);
        assertThat(nonces.size()).isEqualTo(Nonces.NONCES_MAX);
    }

    @Test
    void an_address_has_ten_a_second_and_does_not_use_up_what_others_have() {
        var gate = new Gate(RATES, Set.of(), NOW_NS);
        assertThat(admitted(gate, peer(1), 1_000)).isEqualTo(10);
        assertThat(admitted(gate, peer(2), 1_000)).isEqualTo(10);
        var second = NOW_NS + TimeUnit.SECONDS.toNanos(1);
        assertThat(IntStream.range(0, 1_000).filter(_ -> gate.admits(peer(1), second)).count())
                .isEqualTo(10);
    }

    @Test
    void a_registered_camera_and_one_that_wants_to_register_are_not_starved_by_strangers() {
        var gate = new Gate(RATES, Set.of(Site.ID), NOW_NS);
        gate.members(Set.of(peer(7)), NOW_NS);
        for (var i = 0; i < 5_000; i++) {
            gate.admits(peer(100 + i), NOW_NS);
            gate.admits(peer(100 + i), "34020000001320000099", NOW_NS);
        }
        assertThat(gate.admits(peer(8), "34020000001320000099", NOW_NS)).isFalse();
        assertThat(gate.admits(peer(7), NOW_NS)).isTrue();
        assertThat(gate.admits(peer(7), Site.ID, NOW_NS)).isTrue();
        assertThat(gate.admits(peer(9), Site.ID, NOW_NS)).as("the reserve").isTrue();
        assertThat(gate.addresses()).isEqualTo(Gate.ADDRESSES_MAX);
    }

    @Test
    void findings_of_a_kind_are_bounded_and_what_comes_again_stays() {
        var clock = new HandClock();
        var findings = new Findings(clock);
        for (var i = 0; i < 1_000; i++) {
            findings.found(Kind.UNKNOWN_DEVICE, "new-camera", "10.0.0.9");
            findings.found(Kind.UNKNOWN_DEVICE, "guess-" + i, "10.0.0.8");
            clock.add(1_000);
        }
        findings.found(Kind.REPLAY, "<script>\n", "10.0.0.7");
        assertThat(findings.all()).hasSize(Findings.OF_A_KIND_MAX + 1);
        assertThat(findings.all())
                .filteredOn(f -> f.device().equals("new-camera"))
                .singleElement()
                .satisfies(f -> assertThat(f.count()).isEqualTo(1_000));
        assertThat(findings.all().getLast().device()).isEqualTo("?script??");
    }

    @Test
    void answers_are_kept_for_so_long_so_many_and_so_large() {
        var answers = new Answers();
        var peer = peer(1);
        answers.keep(request(0), peer, new byte[500], NOW_NS);
        assertThat(answers.of(request(0), peer, NOW_NS)).isPresent();
        assertThat(answers.of(request(0), peer(2), NOW_NS)).as("another's copy").isEmpty();
        assertThat(answers.of(request(0), peer, NOW_NS + TimeUnit.SECONDS.toNanos(33))).isEmpty();
        for (var i = 1; i < 2 * Answers.ANSWERS_MAX; i++) {
            answers.keep(request(i), peer, new byte[500], NOW_NS);
        }
        assertThat(answers.size()).isEqualTo(Answers.ANSWERS_MAX);
        for (var i = 0; i < Answers.ANSWERS_MAX; i++) {
            answers.keep(request(i), peer, new byte[4_500], NOW_NS);
        }
        assertThat(answers.bytes()).isLessThanOrEqualTo(Answers.ANSWER_BYTES_MAX);
    }

    /**
     * Found by fuzzing: a short message that names a long one's transaction got the long answer.
     */
    @Test
    void only_the_same_message_gets_the_same_answer() {
        var answers = new Answers();
        var heads = new ArrayList<>(request(0).headers());
        heads.add(new SipRequest.Header("subject", "x".repeat(3_000)));
        answers.keep(new SipRequest("OPTIONS", heads, ""), peer(1), new byte[3_500], NOW_NS);
        assertThat(answers.of(new SipRequest("OPTIONS", heads, ""), peer(1), NOW_NS)).isPresent();
        assertThat(answers.of(request(0), peer(1), NOW_NS)).isEmpty();
    }

    private static SipRequest request(int call) {
        return new SipRequest(
                "OPTIONS",
                List.of(
                        new SipRequest.Header("call-id", String.valueOf(call)),
                        new SipRequest.Header("cseq", "1 OPTIONS")),
                "");
    }

    private static long admitted(Gate gate, Peer peer, int times) {
        return IntStream.range(0, times).filter(_ -> gate.admits(peer, NOW_NS)).count();
    }

    private static Peer peer(int number) {
        return new Peer(Transport.UDP, address(number), 5060);
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {10, 0, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
