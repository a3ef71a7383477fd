package org.mingchu.sensors.pi;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The pins of a simulation: {@code ROOT/sys/class/gpio/gpioN/value}, holding {@code 0} or {@code 1}
 * and a newline. Inputs are looked at every {@value #POLL_MS} ms by one thread; a file that is
 * missing at first is made, high for inputs (nothing pulls them down), low for outputs. Any thread.
 */
public final class TreeBoard implements Board {
    private static final Logger LOG = LoggerFactory.getLogger(TreeBoard.class);

    /** The contract says at most 50 ms late; half of it leaves the machine some time. */
    private static final long POLL_MS = 25;

    private final Path pins;
    private final List<TreeInput> inputs = new CopyOnWriteArrayList<>();
    private final List<TreeOutput> outputs = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    public TreeBoard(Path root) {
        pins = root.resolve("sys/class/gpio");
        thread = Thread.ofPlatform().daemon().name("gpio-tree").start(this::poll);
    }

    @Override
    public Input input(int bcm, Consumer<Boolean> changed) {
        var input = new TreeInput(file(bcm, true), changed);
        inputs.add(input);
        return input;
    }

    @Override
    public Output output(int bcm) {
        var output = new TreeOutput(file(bcm, false));
        output.set(false);
        outputs.add(output);
        return output;
    }

    private Path file(int bcm, boolean high) {
        var file = pins.resolve("gpio" + bcm).resolve("value");
        try {
            if (!Files.exists(file)) {
                create(file, high);
            }
            return file;
        } catch (IOException e) {
            throw new BoardException(
                    "gpio:" + bcm + ": cannot make " + file + " (" + e + "); is the tree writable?",
                    e);
        }
    }

    /** In one step, so that a reader never sees an empty file. */
    private static void create(Path file, boolean high) throws IOException {
        Files.createDirectories(file.getParent());
        var fresh = file.resolveSibling("value.new");
        Files.write(fresh, bytes(high));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] bytes(boolean high) {
        return (high ? "1\n" : "0\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void poll() {
        while (!closed) {
            inputs.forEach(TreeInput::look);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MS));
        }
    }

    @Override
    public synchronized void close() {
        outputs.forEach(output -> output.set(false));
        closed = true;
        LockSupport.unpark(thread);
    }

    /** Over the old byte, without truncation: the file is never empty. Nothing after the end. */
    private synchronized void write(Path file, boolean high) throws IOException {
        if (closed) {
            throw new IOException("the board is closed");
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes(high)), 0);
        }
    }

    private static final class TreeInput implements Input {
        private final Path file;
        private final Consumer<Boolean> changed;
        private boolean last = true;

        /** What was told last; the polling thread's own. */
        private boolean told;

        TreeInput(Path file, Consumer<Boolean> changed) {
            this.file = file;
            this.changed = changed;
            this.told = high();
        }

        @Override
        public synchronized boolean high() {
            level().ifPresent(high -> last = high);
            return last;
        }

        /** A missing file is told to whoever asks for the level, not here 40 times a second. */
        void look() {
            try {
                level().filter(high -> high != told).ifPresent(this::tell);
            } catch (BoardException e) {
                LOG.trace("event=pin-missing file={}", file);
            }
        }

        private void tell(boolean high) {
            told = high;
            try {
                changed.accept(high);
            } catch (RuntimeException e) {
                LOG.error("event=change-lost file={}", file, e);
            }
        }

        /** Empty while somebody is just writing the file. */
        private Optional<Boolean> level() {
            try {
                return switch (Files.readString(file, StandardCharsets.ISO_8859_1).strip()) {
                    case "0" -> Optional.of(false);
                    case "1" -> Optional.of(true);
                    default -> Optional.empty();
                };
            } catch (NoSuchFileException e) {
                throw new BoardException("no " + file + "; write 0 or 1 there", e);
            } catch (IOException e) {
                throw new BoardException("cannot read " + file + " (" + e + ")", e);
            }
        }
    }

    private final class TreeOutput implements Output {
        private final Path file;
        private final AtomicBoolean failing = new AtomicBoolean();

        TreeOutput(Path file) {
            this.file = file;
        }

        @Override
        public void set(boolean high) {
            try {
                write(file, high);
                failing.set(false);
            } catch (IOException e) {
                if (failing.compareAndSet(false, true)) {
                    LOG.error("event=pin-failed file={} cause=\"{}\"", file, e.toString());
                }
            }
        }
    }
}
