package org.mingchu.gateway.keep.lab;

import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;

/**
 * A process on a disk of the lab that plays days as it is told, one line each: folder, account,
 * seed, lives, rounds.
 */
final class DayProcess {
    private static final Path DISK = Path.of(System.getenv().getOrDefault("DISKLAB_DIR", "."));

    private DayProcess() {}

    public static void main(String[] args) throws IOException {
        var orders = new Scanner(System.in, StandardCharsets.UTF_8);
        System.out.println("ready");
        while (orders.hasNext()) {
            var folder = Path.of(orders.next());
            try (var account = new DataOutputStream(new FileOutputStream(orders.next()))) {
                var pen = Account.Pen.to(account, (_, count) -> mark(count));
                new Day(folder, pen, orders.nextLong()).run(orders.nextInt(), orders.nextInt());
            }
            System.out.println("done");
        }
    }

    /** Leaves the number in the shim's log, where it stands between two calls of the journal. */
    private static void mark(int lines) {
        try (var file = new FileInputStream(DISK.resolve(".mark-" + lines).toFile())) {
            throw new IllegalStateException("no shim under this process: " + file);
        } catch (FileNotFoundException _) {
            // This is how the shim answers.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
