package org.mingchu.gateway.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the kernel and the system say in files, below a root: the machine's own, or a simulated one.
 * Any thread.
 */
record Tree(Path root) {
    /** Longest file that is read, in bytes; the kernel's are shorter. */
    private static final int BYTES_MAX = 64 * 1024;

    Path at(String path) {
        return root.resolve(path);
    }

    boolean has(String path) {
        return Files.exists(at(path));
    }

    /** The whole text; empty where there is no such file, or it refuses. */
    Optional<String> text(String path) {
        try (var in = Files.newInputStream(at(path))) {
            return Optional.of(new String(in.readNBytes(BYTES_MAX), ISO_8859_1));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** The text without white space at its ends. */
    Optional<String> line(String path) {
        return text(path).map(String::strip);
    }

    /** A whole number; empty when it says anything else. */
    OptionalLong number(String path) {
        var word = line(path).orElse("");
        return word.matches("-?[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(word))
                : OptionalLong.empty();
    }

    /** The names in a folder, in order; none where there is no such folder. */
    List<String> names(String folder) {
        var names = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(at(folder))) {
            all.forEach(one -> names.add(one.getFileName().toString()));
        } catch (IOException _) {
            return List.of();
        }
        names.sort(null);
        return names;
    }
}
