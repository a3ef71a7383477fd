package org.mingchu.gateway.keep.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys somebody trusts. A note's signatures by other keys, and of types that this program does
 * not know, are stepped over; a false one by a trusted key condemns the note. Immutable.
 */
public record KeyRing(List<VerifierKey> keys) {
    public KeyRing {
        keys = List.copyOf(keys);
    }

    /**
     * Who signed.
     *
     * @param at when, as the signer says; platforms say it, devices do not
     */
    public record Signed(VerifierKey key, Optional<Instant> at) {}

    /**
     * The first trusted signature; empty when nobody trusted has signed.
     *
     * @throws NoteException when a trusted key's signature is false
     */
    public Optional<Signed> signer(SignedNote note) {
        Optional<Signed> first = Optional.empty();
        for (var signature : note.signatures()) {
            for (var key : keys) {
                if (key.name().equals(signature.name()) && key.keyId().equals(signature.keyId())) {
                    var signed = check(note.text(), key, signature);
                    first = first.or(() -> Optional.of(signed));
                }
            }
        }
        return first;
    }

    private static Signed check(String text, VerifierKey key, SignedNote.Signature signature) {
        var bytes = signature.bytes();
        return switch (key.type()) {
            case ED25519 -> {
                demand(key, text, bytes);
                yield new Signed(key, Optional.empty());
            }
            case COSIGNATURE -> {
                if (bytes.length != Long.BYTES + Ed25519.SIGNATURE_BYTES) {
                    throw new NoteException("a cosignature of " + bytes.length + " bytes");
                }
                var seconds = ByteBuffer.wrap(bytes).getLong();
                if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
                    throw new NoteException("a cosignature of the impossible time " + seconds);
                }
                var pure = new byte[Ed25519.SIGNATURE_BYTES];
                ByteBuffer.wrap(bytes).position(Long.BYTES).get(pure);
                demand(key, cosigned(seconds, text), pure);
                yield new Signed(key, Optional.of(Instant.ofEpochSecond(seconds)));
            }
        };
    }

    /** What a platform signs: the time and the note's text. */
    static String cosigned(long seconds, String text) {
        return "cosignature/v1\ntime " + seconds + '\n' + text;
    }

    private static void demand(VerifierKey key, String message, byte[] signature) {
        if (!Ed25519.verify(key.raw(), message.getBytes(UTF_8), signature)) {
            throw new NoteException("the signature of " + key.name() + " is false");
        }
    }
}
