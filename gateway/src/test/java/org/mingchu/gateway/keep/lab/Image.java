package org.mingchu.gateway.keep.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** All files of a folder as bytes by relative path. */
final class Image {
    private Image() {}

    static Map<String, byte[]> of(Path folder) throws IOException {
        var image = new TreeMap<String, byte[]>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                image.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return image;
    }

    /** Puts exactly these files into the folder; the folder itself stays the same one. */
    static void put(Map<String, byte[]> image, Path folder) throws IOException {
        clear(folder);
        for (var file : image.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    static void clear(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }
}
