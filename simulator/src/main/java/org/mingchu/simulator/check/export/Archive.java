package org.mingchu.simulator.check.export;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of an export, read whole. Immutable. */
final class Archive {
    /** Bytes of one file, unpacked. */
    private static final long FILE_BYTES_MAX = 1L << 30;

    /** Bytes of all files together, unpacked. */
    private static final long BYTES_MAX = 3L << 29;

    private static final int FILES_MAX = 100_000;
    private static final int NAME_MAX = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){0,3}");

    private final Map<String, byte[]> files = new TreeMap<>();

    private Archive() {}

    /**
     * Unpacks a zip; what cannot be an export's file is told and left out.
     *
     * @throws IOException when it is no zip at all
     */
    static Archive read(Path zip, Consumer<Problem> problems) throws IOException {
        var archive = new Archive();
        try (var file = new ZipFile(zip.toFile())) {
            long left = BYTES_MAX;
            for (ZipEntry entry : file.stream().limit(FILES_MAX + 1L).toList()) {
                var problem = archive.refusal(entry.getName());
                if (problem.isPresent()) {
                    problems.accept(Problem.in(entry.getName(), problem.get()));
                    continue;
                }
                try (var in = file.getInputStream(entry)) {
                    var most = (int) Math.min(FILE_BYTES_MAX, left);
                    var bytes = in.readNBytes(most);
                    if (in.read() >= 0) {
                        problems.accept(Problem.in(entry.getName(), "larger than is read here"));
                        continue;
                    }
                    left -= bytes.length;
                    archive.files.put(entry.getName(), bytes);
                }
            }
        }
        return archive;
    }

    private Optional<String> refusal(String name) {
        if (name.length() > NAME_MAX
                || !NAME.matcher(name).matches()
                || Arrays.stream(name.split("/", -1)).anyMatch(List.of(".", "..")::contains)) {
            return Optional.of("a name that no file of an export has");
        }
        if (files.containsKey(name)) {
            return Optional.of("the same name twice");
        }
        return files.size() >= FILES_MAX ? Optional.of("too many files") : Optional.empty();
    }

    Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }

    /** The names that begin so, sorted. */
    List<String> names(String prefix) {
        return files.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    /** Hexadecimal SHA-256 of a file that is there. */
    String sha256(String name) {
        return HexFormat.of().formatHex(sha256(files.getOrDefault(name, new byte[0])));
    }

    static byte[] sha256(byte[]... parts) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                hash.update(part);
            }
            return hash.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
