package org.mingchu.gateway.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The card, and what lies on it in the state folder. Immutable. */
record DiskChecks(Patient patient) {
    /** Below this the record itself is near its end. */
    private static final long FREE_LEAST_BYTES = 64L << 20;

    /** Tenths of an eMMC's life, as JEDEC 84-B51 counts: 0x0A is the last, 0x0B is beyond. */
    private static final int WORN_WARN = 0x09;

    private static final int WORN_OUT = 0x0B;

    /** Spare blocks: 0x02 is 80 % used, 0x03 is urgent. */
    private static final int SPARE_WARN = 0x02;

    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private static final Pattern CARD = Pattern.compile("mmcblk[0-9]+");
    private static final String EXT4 = "sys/fs/ext4";
    private static final long MIB = 1L << 20;

    List<Check> all() {
        return List.of(
                new Check("disk.space", this::space),
                new Check("disk.wear", this::wear),
                new Check("disk.errors", this::errors),
                new Check("disk.swap", this::swap),
                new Check("state.writable", this::writable),
                new Check("state.reserve", this::reserve),
                new Check("state.quarantine", this::quarantine),
                new Check("key.mode", () -> mode(patient.state().resolve("device.key"))),
                new Check("token.mode", () -> mode(patient.state().resolve("console.token"))),
                new Check("secrets.mode", this::secrets));
    }

    private Verdict space() throws IOException {
        var state = patient.state();
        if (!Files.isDirectory(state)) {
            return Verdict.skipped("no-folder");
        }
        var free = Files.getFileStore(state).getUsableSpace();
        var mib = String.valueOf(free / MIB);
        if (free < FREE_LEAST_BYTES) {
            return Verdict.fail("full", "mib", mib);
        }
        var budget = patient.plan().map(plan -> plan.site().journalBudgetMib() * MIB).orElse(0L);
        return free + used(state) < budget
                ? Verdict.warn("short", "mib", mib, "budget", String.valueOf(budget / MIB))
                : Verdict.ok("mib", mib);
    }

    private static long used(Path folder) throws IOException {
        var bytes = 0L;
        try (var all = Files.newDirectoryStream(folder)) {
            for (var one : all) {
                bytes += Files.isRegularFile(one) ? Files.size(one) : 0;
            }
        }
        return bytes;
    }

    private Verdict wear() {
        var tree = patient.tree();
        for (var card : tree.names("sys/block")) {
            if (!CARD.matcher(card).matches()) {
                continue;
            }
            var device = "sys/block/" + card + "/device/";
            var life = worst(tree.line(device + "life_time").orElse(""));
            if (life == 0) {
                continue; // an SD card does not tell
            }
            var spare = worst(tree.line(device + "pre_eol_info").orElse(""));
            var percent = String.valueOf(Math.min(100, life * 10));
            if (life >= WORN_OUT || spare > SPARE_WARN) {
                return Verdict.fail("worn-out", "card", card);
            }
            return life >= WORN_WARN || spare == SPARE_WARN
                    ? Verdict.warn("worn", "card", card, "percent", percent)
                    : Verdict.ok("card", card, "percent", percent);
        }
        return Verdict.skipped("untold");
    }

    /** The greatest of one or two numbers in hexadecimal; 0 where there are none. */
    private static int worst(String words) {
        var worst = 0;
        for (var word : words.split(" ", -1)) {
            if (word.matches("0x[0-9a-fA-F]{1,2}")) {
                worst = Math.max(worst, Integer.parseInt(word.substring(2), 16));
            }
        }
        return worst;
    }

    private Verdict errors() {
        var tree = patient.tree();
        var disks =
                tree.names(EXT4).stream()
                        .filter(one -> tree.has(EXT4 + "/" + one + "/errors_count"))
                        .toList();
        if (disks.isEmpty()) {
            return Verdict.skipped("untold");
        }
        var broken =
                disks.stream()
                        .filter(one ->
                                tree.number(EXT4 + "/" + one + "/errors_count").orElse(0) > 0)
                        .toList();
        return broken.isEmpty()
                ? Verdict.ok()
                : Verdict.fail("errors", "disks", String.join(", ", broken));
    }

    /** Swap on a card wears it out; in compressed memory it does not. */
    private Verdict swap() {
        var onCard =
                patient.tree()
                        .text("proc/swaps")
                        .orElse("")
                        .lines()
                        .skip(1)
                        .map(line -> line.split("\\s", 2)[0])
                        .filter(device -> !device.isEmpty() && !device.startsWith("/dev/zram"))
                        .toList();
        return onCard.isEmpty()
                ? Verdict.ok()
                : Verdict.warn("on-card", "device", String.join(", ", onCard));
    }

    private Verdict writable() {
        var state = patient.state();
        if (!Files.isDirectory(state)) {
            return Verdict.fail("missing", "folder", state.toString());
        }
        try {
            probe(state);
            return Verdict.ok();
        } catch (AccessDeniedException _) {
            return Verdict.fail("refused", "folder", state.toString());
        } catch (IOException e) {
            return Files.isWritable(state)
                    ? Verdict.fail("unwritten", "folder", state.toString(), "why", reason(e))
                    : Verdict.fail("read-only", "folder", state.toString());
        }
    }

    /**
     * Writes a byte to the disk and leaves nothing: the file's name is gone before the byte is
     * there. Flags of a mount do not tell: what systemd binds writable below a read-only / has its
     * device, which Java asks for, and since Linux 6.13 an ext4 that has stopped writing after
     * errors is not marked as read-only.
     */
    private static void probe(Path state) throws IOException {
        var file = state.resolve(".probe-" + ProcessHandle.current().pid());
        try (var disk =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            disk.write(ByteBuffer.wrap(new byte[] {1}));
            disk.force(true);
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : String.valueOf(e.getMessage());
    }

    /** What lets the last alarm be written on a full disk. */
    private Verdict reserve() {
        return patient.agent().isEmpty() || Files.isRegularFile(patient.state().resolve("reserve"))
                ? Verdict.ok()
                : Verdict.warn("missing");
    }

    private Verdict quarantine() throws IOException {
        var folder = patient.state().resolve("quarantine");
        if (!Files.isDirectory(folder)) {
            return Verdict.ok();
        }
        try (var all = Files.list(folder)) {
            var many = all.count();
            return many == 0 ? Verdict.ok() : Verdict.warn("kept", "n", String.valueOf(many));
        }
    }

    private Verdict secrets() throws IOException {
        return patient.secretsFile().isEmpty()
                ? Verdict.skipped("none")
                : mode(patient.secretsFile().get());
    }

    /** Whoever may read it can speak in our name. */
    private static Verdict mode(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Verdict.warn("missing", "file", file.toString());
        }
        var mode = Files.getPosixFilePermissions(file);
        return mode.stream().anyMatch(OTHERS::contains)
                ? Verdict.fail(
                        "open",
                        "file",
                        file.toString(),
                        "mode",
                        PosixFilePermissions.toString(mode))
                : Verdict.ok();
    }
}
