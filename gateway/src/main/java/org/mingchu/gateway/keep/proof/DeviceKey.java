package org.mingchu.gateway.keep.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The private Ed25519 key of this device, in {@value #FILE} of the state folder, mode 0600: the
 * 32-byte seed and then the 32-byte public key, so that a flipped bit is seen and not signed with.
 * Immutable; any thread.
 */
public final class DeviceKey {
    /** Name of the file in the state folder. */
    public static final String FILE = "device.key";

    private static final String FILE_MODE = "rw-------";
    private static final int FILE_BYTES = 64;

    /** What the code is made from besides the key; another version of it is another code. */
    private static final String CLAIM = "mingchu claim 1";

    private static final int CLAIM_DIGITS = 10;

    private final byte[] seed;
    private final byte[] publicKey;

    private DeviceKey(byte[] seed, byte[] publicKey) {
        this.seed = seed;
        this.publicKey = publicKey;
    }

    /**
     * What was found.
     *
     * @param made it is new: there was no file
     * @param narrowed others could read it until now; worth a line in the log
     */
    public record Opened(DeviceKey key, boolean made, boolean narrowed) {}

    /**
     * Reads the key; makes one when there is none.
     *
     * @param folder the state folder, held by this process
     * @param chance where a new seed comes from; a secure one outside films
     * @throws DeviceKeyDamaged when the file is there and holds no key
     * @throws IOException when it cannot be read or written
     */
    public static Opened open(Path folder, RandomGenerator chance) throws IOException {
        var file = folder.resolve(FILE);
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Opened(make(file, chance), true, false);
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new DeviceKeyDamaged(file, "not a file");
        }
        var narrowed = narrow(file);
        return new Opened(read(file), false, narrowed);
    }

    /** A key of a given seed of 32 bytes, kept nowhere. */
    public static DeviceKey of(byte[] seed) {
        if (seed.length != Ed25519.SEED_BYTES) {
            throw new IllegalArgumentException("a seed has 32 bytes");
        }
        return new DeviceKey(seed.clone(), Ed25519.publicKey(seed));
    }

    /** The public half under the name by which the device signs. */
    public VerifierKey verifier(String name) {
        return new VerifierKey(name, VerifierKey.Type.ED25519, HexFormat.of().formatHex(publicKey));
    }

    /** SHA-256 of the public key in groups of four digits, as people compare it. */
    public String fingerprint() {
        return verifier("device").fingerprint();
    }

    /**
     * The ten digits on the device's label, by which whoever stands before it proves that he may
     * take it over. They follow from the key, so they are stored nowhere, can be printed again, and
     * change with it.
     */
    public String claimCode() {
        var sha256 = Merkle.sha256();
        sha256.update(CLAIM.getBytes(UTF_8));
        var hash = sha256.digest(seed);
        var number = new BigInteger(1, hash).mod(BigInteger.TEN.pow(CLAIM_DIGITS));
        var digits = ("%0" + CLAIM_DIGITS + "d").formatted(number);
        return digits.substring(0, CLAIM_DIGITS / 2) + "-" + digits.substring(CLAIM_DIGITS / 2);
    }

    /**
     * Signs a text.
     *
     * @param name under which the device signs, see {@link Checkpoint#keyName}
     * @param text ends in a newline
     */
    public SignedNote sign(String name, String text) {
        var signature = Ed25519.sign(seed, text.getBytes(UTF_8));
        return new SignedNote(
                text, List.of(SignedNote.Signature.of(name, verifier(name).keyId(), signature)));
    }

    private static DeviceKey read(Path file) throws IOException {
        if (Files.size(file) != FILE_BYTES) {
            throw new DeviceKeyDamaged(file, Files.size(file) + " bytes instead of 64");
        }
        var bytes = Files.readAllBytes(file);
        var key = of(Arrays.copyOf(bytes, Ed25519.SEED_BYTES));
        if (!Arrays.equals(key.publicKey, 0, 32, bytes, 32, bytes.length)) {
            throw new DeviceKeyDamaged(file, "its two halves do not belong together");
        }
        return key;
    }

    /** Beside, forced, renamed, and the folder forced: a power cut leaves a whole key or none. */
    private static DeviceKey make(Path file, RandomGenerator chance) throws IOException {
        var seed = new byte[Ed25519.SEED_BYTES];
        chance.nextBytes(seed);
        var key = of(seed);
        var draft = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(
                draft,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE_MODE)));
        var bytes = ByteBuffer.allocate(FILE_BYTES).put(key.seed).put(key.publicKey).flip();
        try (var out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true);
        }
        return key;
    }

    private static boolean narrow(Path file) throws IOException {
        var mode = PosixFilePermissions.fromString(FILE_MODE);
        if (mode.containsAll(Files.getPosixFilePermissions(file))) {
            return false;
        }
        Files.setPosixFilePermissions(file, mode);
        return true;
    }
}
