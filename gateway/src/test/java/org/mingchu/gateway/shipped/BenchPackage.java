package org.mingchu.gateway.shipped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/**
 * The Debian package as it lies on a gateway, unpacked into a folder, with the virtual machine's
 * caches made as its installation makes them; and programs of the bench's own with the same jars
 * and the same flags. One thread.
 */
final class BenchPackage {
    /** A folder without a cache. */
    private static final Path NO_CACHE = Path.of("/nonexistent");

    /** Two programs of ours, and what they need, which lie in no jar of the package. */
    private static final List<String> OWN =
            List.of(
                    "org/mingchu/gateway/shipped/BareParts",
                    "org/mingchu/gateway/FilmDay",
                    "org/mingchu/gateway/FilmClock");

    private static final Duration MADE_WITHIN = Duration.ofMinutes(5);
    private static final String CLASS_PATH = "-cp";
    private static final String CACHE = "-XX:AOTCache=";

    private final Path home;
    private final Path cache;
    private final Path jar;

    /**
     * @param unpacked what {@code dpkg-deb -x} has left
     * @param folder where the caches go
     */
    BenchPackage(Path unpacked, Path folder) {
        home = unpacked.resolve("usr/share/mingchu");
        cache = folder.resolve("cache");
        jar = jar(folder.resolve("bench.jar"));
    }

    /** Makes the gateway's cache as {@code postinst} does; its size in bytes. */
    long makeCache() {
        var made =
                Program.run(
                        List.of(
                                "env",
                                "MINGCHU_CACHE=" + cache,
                                home.resolve("bin/mingchu-aot").toString()),
                        MADE_WITHIN);
        if (made.code() != 0) {
            throw new AssertionError("mingchu-aot: " + made.text());
        }
        return size(cache.resolve("agent.aot"));
    }

    /** Lets a kitchen run this package. */
    void give(Kitchen kitchen, boolean cached) {
        kitchen.home(home);
        kitchen.under(List.of("env", "MINGCHU_CACHE=" + (cached ? cache : NO_CACHE)));
    }

    Path rules() {
        return home.resolve("etc/rules");
    }

    /**
     * Another program under the flags that a running gateway has.
     *
     * @param like the gateway
     * @param with an option in place of the gateway's cache, if any
     */
    List<String> like(Program like, List<String> with, String mainClass, String... arguments) {
        var command = new ArrayList<String>();
        for (var word : commandLine(like.pid())) {
            if (word.equals(CLASS_PATH)) {
                break;
            }
            if (!word.startsWith(CACHE)) {
                command.add(word);
            }
        }
        command.addAll(with);
        command.addAll(List.of(CLASS_PATH, jars() + ":" + jar, mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The option that takes a cache. */
    static List<String> cached(Path file) {
        return List.of(CACHE + file);
    }

    /** The option that makes one at an orderly end. */
    static List<String> making(Path file) {
        return List.of("-XX:AOTCacheOutput=" + file);
    }

    private String jars() {
        try (var lib = Files.list(home.resolve("lib"))) {
            return lib.map(Path::toString).sorted().collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> commandLine(long pid) {
        try {
            var words = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            return List.of(words.split("\0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cache of the virtual machine takes classes of jars only. */
    private static Path jar(Path file) {
        try {
            var classes =
                    Path.of(
                            BenchPackage.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            try (var out = new JarOutputStream(Files.newOutputStream(file));
                    var all = Files.walk(classes)) {
                var ours = all.map(classes::relativize).filter(BenchPackage::isOwn).sorted();
                for (var one : ours.toList()) {
                    out.putNextEntry(new JarEntry(one.toString()));
                    Files.copy(classes.resolve(one), out);
                    out.closeEntry();
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError("the test's own classes", e);
        }
    }

    private static boolean isOwn(Path one) {
        var name = one.toString();
        return OWN.stream()
                .anyMatch(own -> name.equals(own + ".class") || name.startsWith(own + "$"));
    }
}
