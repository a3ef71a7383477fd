package org.mingchu.gateway.keep.lab;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process said about its journal, line by line, kept where no fault reaches it. */
final class Account {
    /** One line. */
    sealed interface Line {}

    /** The journal took the entry in; nothing is promised yet. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Appended(String epoch, long seq, byte[] bytes) implements Line {}

    /** {@code commit()} returned: everything appended since the last answer is kept. */
    record Committed() implements Line {}

    /** {@code commit()} threw: what was appended since the last answer is forgotten. */
    record Refused(String why) implements Line {}

    /** The journal goes on in memory: commits promise nothing until the next start. */
    record InMemory(String epoch) implements Line {}

    /** The journal did what it never may. */
    record Broken(String what) implements Line {}

    private final List<Line> lines;

    private Account(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    static Account of(List<Line> lines) {
        return new Account(lines);
    }

    List<Line> lines() {
        return lines;
    }

    /** What had been said when there were so many lines. */
    Account first(int count) {
        return new Account(lines.subList(0, count));
    }

    /** Reads what a {@link Pen} wrote. */
    static Account read(Path file) throws IOException {
        var lines = new ArrayList<Line>();
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            for (var kind = in.read(); kind != -1; kind = in.read()) {
                lines.add(line(kind, in));
            }
        }
        return new Account(lines);
    }

    private static Line line(int kind, DataInputStream in) throws IOException {
        return switch (kind) {
            case 'a' -> new Appended(in.readUTF(), in.readLong(), in.readNBytes(in.readInt()));
            case 'c' -> new Committed();
            case 'r' -> new Refused(in.readUTF());
            case 'm' -> new InMemory(in.readUTF());
            case 'b' -> new Broken(in.readUTF());
            default -> throw new AssertionError("line of kind " + kind);
        };
    }

    /** Takes lines down, in memory or in a file. */
    static final class Pen {
        private final List<Line> lines = new ArrayList<>();
        private final CborWriter writer = new CborWriter();
        private final Reader reader;

        /** Is told after each line. */
        interface Reader {
            void read(Line line, int count);
        }

        Pen(Reader reader) {
            this.reader = reader;
        }

        /** Each line is in the file before the journal's next call. */
        static Pen to(DataOutputStream out, Reader reader) {
            return new Pen((line, count) -> {
                write(line, out);
                reader.read(line, count);
            });
        }

        void appended(List<Entry> entries) {
            for (var entry : entries) {
                var bytes = EntryCodec.encode(writer, entry);
                add(new Appended(entry.epoch(), entry.seq(), bytes));
            }
        }

        void add(Line line) {
            lines.add(line);
            reader.read(line, lines.size());
        }

        Account account() {
            return new Account(lines);
        }

        private static void write(Line line, DataOutputStream out) {
            try {
                switch (line) {
                    case Appended(var epoch, var seq, var bytes) -> {
                        out.writeByte('a');
                        out.writeUTF(epoch);
                        out.writeLong(seq);
                        out.writeInt(bytes.length);
                        out.write(bytes);
                    }
                    case Committed() -> out.writeByte('c');
                    case Refused(var why) -> say('r', why, out);
                    case InMemory(var epoch) -> say('m', epoch, out);
                    case Broken(var what) -> say('b', what, out);
                }
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void say(char kind, String text, DataOutputStream out) throws IOException {
            out.writeByte(kind);
            out.writeUTF(text);
        }
    }
}
