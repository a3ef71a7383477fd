package org.mingchu.sensors.camera.sip;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What was answered lately. A device that did not hear its answer sends the same again, and must
 * get the same again: its nonce is spent by then (RFC 3261 section 17.2.2). One thread.
 */
final class Answers {
    static final int ANSWERS_MAX = 4096;

    /** An answer has some 500 bytes; one to a stranger's longest message eight times that. */
    static final int ANSWER_BYTES_MAX = 4 * 1024 * 1024;

    /** Timer J: so long a request may come again. */
    static final Duration LIFE = Duration.ofSeconds(32);

    private final LinkedHashMap<String, Answer> answers = new LinkedHashMap<>();
    private int bytes;

    Optional<byte[]> of(SipRequest request, Peer peer, long nowNs) {
        return Optional.ofNullable(answers.get(key(request, peer)))
                .filter(a -> nowNs - a.atNs <= LIFE.toNanos())
                .map(a -> a.bytes);
    }

    void keep(SipRequest request, Peer peer, byte[] answer, long nowNs) {
        var before = answers.remove(key(request, peer));
        bytes -= before == null ? 0 : before.bytes.length;
        answers.put(key(request, peer), new Answer(answer, nowNs));
        bytes += answer.length;
        while (answers.size() > ANSWERS_MAX || bytes > ANSWER_BYTES_MAX) {
            bytes -= answers.pollFirstEntry().getValue().bytes.length;
        }
    }

    /**
     * The same message from the same place: another's copy of it is another's, and a short one that
     * only names a long one's transaction must not be answered at length. Hashed, so that long ones
     * cost nothing.
     */
    private static String key(SipRequest request, Peer peer) {
        return Hash.SHA_256.hex(
                String.join(
                        "\n",
                        request.method(),
                        request.headers().toString(),
                        request.body(),
                        peer.toString()));
    }

    int size() {
        return answers.size();
    }

    int bytes() {
        return bytes;
    }

    /** Kept as it was sent. */
    private static final class Answer {
        private final byte[] bytes;
        private final long atNs;

        Answer(byte[] bytes, long atNs) {
            this.bytes = bytes;
            this.atNs = atNs;
        }
    }
}
