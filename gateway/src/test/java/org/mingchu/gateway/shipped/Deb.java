package org.mingchu.gateway.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code ./mvnw -Ppackage package} leaves. */
final class Deb {
    private static final Path DEB = Path.of("target", "mingchu_0.1.0_all.deb").toAbsolutePath();

    private Deb() {}

    /** Puts it into a folder, as {@code mingchu.deb}. */
    static void into(Path folder) throws IOException {
        Files.copy(DEB, folder.resolve("mingchu.deb"));
    }

    /** Puts the same under another version into a folder, as {@code mingchu-VERSION.deb}. */
    static void another(String version, Path folder) {
        var script =
                """
                set -e
                work=$(mktemp -d)
                dpkg-deb -R "$1" "$work/all"
                sed -i 's/^Version: .*/Version: %s/' "$work/all/DEBIAN/control"
                sed -i 's/0\\.1\\.0/%s/g' "$work/all/DEBIAN/preinst"
                dpkg-deb -b "$work/all" "$2"
                rm -rf "$work"
                """
                        .formatted(version, version);
        var made =
                Program.run(
                        List.of(
                                "sh",
                                "-c",
                                script,
                                "another",
                                DEB.toString(),
                                folder.resolve("mingchu-" + version + ".deb").toString()));
        if (made.code() != 0) {
            throw new AssertionError(made.text());
        }
    }
}
