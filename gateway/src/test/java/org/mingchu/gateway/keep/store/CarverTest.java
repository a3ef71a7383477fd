package org.mingchu.gateway.keep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.keep.store.Shape.Kind;
import org.mingchu.gateway.keep.store.Shape.Search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Bytes that no SQLite has written, and rows of every kind. */
class CarverTest {
    private static final int PAGE = 1024;
    private static final Shape BLOCK = new Shape(List.of(Kind.NULL, Kind.BLOB), Search.EVERYWHERE);

    @TempDir Path folder;

    @Test
    void every_kind_of_value_is_read_as_sqlite_wrote_it() throws SQLException, IOException {
        var numbers =
                List.of(
                        0L,
                        1L,
                        -1L,
                        127L,
                        -128L,
                        32_767L,
                        -8_388_608L,
                        2_147_483_647L,
                        1L << 36,
                        -(1L << 46),
                        Long.MAX_VALUE,
                        Long.MIN_VALUE);
        var file = folder.resolve("journal.db");
        try (var connection = FileStore.connect(file);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, x TEXT)");
            for (var number : numbers) {
                statement.execute(
                        "INSERT INTO t(n, x) VALUES (" + number + ", '冷 " + number + "')");
            }
        }
        var shape = new Shape(List.of(Kind.NULL, Kind.INTEGER, Kind.TEXT), Search.CELLS);
        var rows = new ArrayList<CarvedRow>();
        carve(List.of(shape), rows::add);
        assertThat(rows.stream().map(r -> r.integer(1))).containsExactlyElementsOf(numbers);
        for (var i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).rowId()).isEqualTo(i + 1);
            assertThat(rows.get(i).text(2)).contains("冷 " + numbers.get(i));
        }
        assertThatThrownBy(() -> rows.getFirst().blob(2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noise_is_no_row_and_ends() throws IOException {
        var seed = 3;
        var chance = new Random(seed);
        for (var i = 0; i < Proof.pick(5, 50, 500); i++) {
            write("journal.db", noise(chance, chance.nextInt(200_000)));
            write("journal.db-wal", noise(chance, chance.nextInt(200_000)));
            var taken = new ArrayList<CarvedRow>();
            carve(List.of(BLOCK), row -> taken.size() < 10 && !taken.add(row));
            try (var salvage = salvage()) {
                assertThat(salvage.epochs()).as("seed %d round %d", seed, i).isEmpty();
            }
        }
    }

    /** Half of the bytes are such as page heads, small sizes and zero pointers are made of. */
    private static byte[] noise(Random chance, int bytes) {
        var noise = new byte[bytes];
        chance.nextBytes(noise);
        for (var i = 0; i < bytes; i++) {
            if (i % PAGE == 0) {
                noise[i] = new byte[] {2, 5, 10, 13}[chance.nextInt(4)];
            } else if (chance.nextBoolean()) {
                noise[i] = (byte) chance.nextInt(16);
            }
        }
        return noise;
    }

    /** Each page begins rows of 4 MB whose chains run through all pages, round and round. */
    @Test
    void endless_chains_end() throws IOException {
        var pages = 1000;
        var bytes = new byte[pages * PAGE];
        var out = ByteBuffer.wrap(bytes);
        var chance = new Random(4);
        for (var page = 0; page < pages; page++) {
            out.putInt(page * PAGE, 1 + (page + 1) % pages);
            for (var at = 16; at + 16 < PAGE; at += 16) {
                // head of 5 bytes, NULL, a blob of nearly 4 MB
                out.put(page * PAGE + at, new byte[] {5, 0, (byte) 0x83, (byte) 0xff, 0x60});
                out.putInt(page * PAGE + at + 5, 2 + chance.nextInt(pages - 1));
            }
        }
        write("journal.db", bytes);
        write("journal.db-wal", new byte[0]);
        var offered = new int[1];
        var carved = carve(List.of(BLOCK), row -> offered[0]++ < 0);
        assertThat(carved.taken()).isZero();
        assertThat(carved.pages()).isEqualTo(pages);
    }

    @Test
    void a_file_that_may_not_be_read_is_named() throws IOException {
        var file = folder.resolve("journal.db");
        write("journal.db", new byte[PAGE]);
        Files.setPosixFilePermissions(file, Set.of());
        if (!Files.isReadable(file)) { // root reads everything
            assertThatThrownBy(this::salvage)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void a_row_that_has_lost_its_cell_head_is_found_all_the_same()
            throws SQLException, IOException {
        var file = folder.resolve("journal.db");
        try (var connection = FileStore.connect(file);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB)");
            statement.execute("INSERT INTO t VALUES (77, x'" + "ab".repeat(5000) + "')");
        }
        var bytes = Files.readAllBytes(file);
        var head = new byte[] {4, 0}; // head of 4 bytes, NULL, a blob
        var leaf = PAGE;
        for (var at = leaf; at < leaf + PAGE - 4; at++) {
            if (Arrays.equals(bytes, at, at + 2, head, 0, 2) && bytes[at + 4] == (byte) 0xab) {
                Arrays.fill(bytes, leaf, at, (byte) 0xee);
            }
        }
        write("journal.db", bytes);
        var rows = new ArrayList<CarvedRow>();
        carve(List.of(BLOCK), row -> row.blob(1).length == 5000 && rows.add(row));
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().rowId()).isEqualTo(CarvedRow.NO_ROW_ID);
        assertThat(rows.getFirst().standing()).isEqualTo(Standing.LEFTOVER);
        assertThat(rows.getFirst().blob(1)).containsOnly(0xab);
    }

    private Carver.Carved carve(List<Shape> shapes, Carver.Taker taker) {
        try (var carver =
                Carver.open(folder.resolve("journal.db"), folder.resolve("journal.db-wal"))) {
            return carver.carve(shapes, taker);
        }
    }

    private Salvage salvage() {
        return Salvage.of(
                folder.resolve("journal.db"), folder.resolve("journal.db-wal"), List.of());
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }
}
