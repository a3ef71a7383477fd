package org.mingchu.gateway;

import java.io.IOException;
import java.nio.file.Files;

/**
 * Writes the expected timelines of the films that are named anew: on purpose only, and to be read
 * line by line before they are kept. {@code --print} shows them and writes nothing.
 */
final class FilmsAnew {
    private FilmsAnew() {}

    public static void main(String[] args) throws IOException {
        var print = args.length > 0 && args[0].equals("--print");
        for (var i = print ? 1 : 0; i < args.length; i++) {
            var began = System.nanoTime();
            var timeline = FilmsTest.play(args[i], 0);
            IO.println(
                    "== %s, %d lines, %d ms"
                            .formatted(
                                    args[i],
                                    timeline.size(),
                                    (System.nanoTime() - began) / 1_000_000));
            if (print) {
                timeline.forEach(IO::println);
            } else {
                Files.write(FilmsTest.FILMS.resolve(args[i]).resolve("expected.txt"), timeline);
            }
        }
    }
}
