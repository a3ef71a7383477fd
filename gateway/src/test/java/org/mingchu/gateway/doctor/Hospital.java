package org.mingchu.gateway.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.mingchu.gateway.tell.Authority;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all wards have in common: a folder with a gateway in health, keys and certificates, a
 * platform. To make it takes longer than a hundred looks at it, so it is made once, and what an
 * illness has changed is mended. One thread.
 */
final class Hospital implements AutoCloseable {
    private final Instant now = Instant.now();
    private final Path folder;
    private final Authority authority;
    private final Authority.Pair ours;
    private final TlsPlatform platform;
    private final Map<Path, Healthy> healthy = new TreeMap<>();

    /** A file as it should be, a character for each byte; a folder has none. */
    private record Healthy(boolean isFolder, String bytes, Set<PosixFilePermission> mode) {
        static Healthy of(Path path) {
            try {
                var isFolder = Files.isDirectory(path);
                return new Healthy(
                        isFolder,
                        isFolder ? "" : Files.readString(path, ISO_8859_1),
                        Files.getPosixFilePermissions(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Hospital(Path folder) {
        this.folder = folder.resolve("gateway");
        Ward.make(this.folder);
        authority = Authority.create(folder, "authority");
        var end = now.plus(Duration.ofDays(200));
        ours = authority.issue("gw-1", "EC", "gw-1", end);
        platform = new TlsPlatform(authority.issue("server", "EC", "127.0.0.1", end));
    }

    Path folder() {
        return folder;
    }

    /** When all of it was made; the gateway's clock stands there. */
    Instant now() {
        return now;
    }

    Authority authority() {
        return authority;
    }

    Authority.Pair ours() {
        return ours;
    }

    TlsPlatform platform() {
        return platform;
    }

    /** As the folder is now it is well. */
    void remember() {
        all(folder).forEach(path -> healthy.put(path, Healthy.of(path)));
    }

    /** Mends what is not as it was. */
    void heal() {
        platform.mend();
        all(folder).stream()
                .sorted(Comparator.reverseOrder())
                .filter(path -> !healthy.containsKey(path))
                .forEach(Ward::remove);
        healthy.forEach(Hospital::heal);
    }

    /** Folders come before what is in them. */
    private static void heal(Path path, Healthy well) {
        if (Files.exists(path) && Healthy.of(path).equals(well)) {
            return;
        }
        try {
            if (well.isFolder()) {
                Files.createDirectories(path);
            } else {
                Files.writeString(path, well.bytes(), ISO_8859_1);
            }
            Files.setPosixFilePermissions(path, well.mode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Path> all(Path folder) {
        try (var all = Files.walk(folder)) {
            return new TreeSet<>(all.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        platform.close();
    }
}
