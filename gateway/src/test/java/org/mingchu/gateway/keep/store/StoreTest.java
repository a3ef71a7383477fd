package org.mingchu.gateway.keep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Lane;
import org.sqlite.SQLiteConnection;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The store alone: rows go in and come out, whether they stand in the ring or beside it. */
class StoreTest {
    private final SQLiteConnection connection = connection();
    private boolean diskConfirms = true;
    private final Store store = store();

    @Test
    void lane_questions_use_the_index() throws SQLException {
        for (var sql : List.of(Rows.BEFORE_IN_LANE, Rows.COUNT_IN_LANE)) {
            assertThat(plan(sql)).contains("lanes (lane=? AND rowid").doesNotContain("TEMP");
        }
    }

    @Test
    void rows_come_back_in_order_from_ring_and_table() {
        var chance = new Random(3);
        var all = new ArrayList<Row>();
        for (var i = 1; i <= 1_500; i++) {
            var lane = chance.nextInt(5) == 0 ? Lane.ALARM : Lane.READING;
            all.add(row(i, lane, chance.nextInt(1_200) + 1));
            write(all.getLast());
        }
        assertSame(store.rows(0, Long.MAX_VALUE, 10_000), all);
        for (var lane : List.of(Lane.ALARM, Lane.READING)) {
            var ofLane = all.stream().filter(r -> r.lane() == lane).toList();
            assertSame(store.rows(lane, 0, Long.MAX_VALUE, 10_000), ofLane);
            assertThat(store.count(lane, 0, Long.MAX_VALUE)).isEqualTo(ofLane.size());
            for (long pos = Pos.of(1, 0); pos < Pos.of(1, 1_502); pos += 7) {
                var before = pos;
                assertThat(store.before(lane, 0, pos))
                        .isEqualTo(
                                ofLane.stream()
                                        .mapToLong(Row::pos)
                                        .filter(p -> p < before)
                                        .max()
                                        .orElse(0));
            }
        }
        assertThat(store.before(Long.MAX_VALUE)).isEqualTo(Pos.of(1, 1_500));
    }

    @Test
    void a_pack_the_disk_did_not_confirm_leaves_each_round_once() {
        var rows = new ArrayList<Row>();
        for (var i = 1; i <= 20; i++) {
            rows.add(row(i, Lane.READING, 500));
            write(rows.getLast());
        }
        diskConfirms = false;
        assertThatThrownBy(() -> store.write(leftOut(rows.subList(0, 10))))
                .isInstanceOf(JournalException.class);
        assertSame(store.rows(0, Long.MAX_VALUE, 100), rows);
        assertThat(store.count(Lane.READING, 0, Long.MAX_VALUE)).isEqualTo(20);
        diskConfirms = true;
        rows.add(row(21, Lane.READING, 500));
        write(rows.getLast());
        assertSame(store.rows(0, Long.MAX_VALUE, 100), rows);
    }

    @Test
    void a_note_that_fails_its_check_in_a_commit_does_not_stop_the_next_one() throws SQLException {
        write(row(1, Lane.READING, 500));
        try (var statement = connection.createStatement()) {
            statement.execute("INSERT INTO meta VALUES ('packed', 'x')");
        }
        assertThatThrownBy(() -> store.write(leftOut(List.of(row(1, Lane.READING, 500)))))
                .isInstanceOf(JournalException.class)
                .extracting(e -> ((JournalException) e).kind())
                .isEqualTo(JournalException.Kind.DAMAGED);
        write(row(2, Lane.ALARM, 500));
        assertThat(store.before(Long.MAX_VALUE)).isEqualTo(Pos.of(1, 2));
    }

    private static Batch leftOut(List<Row> rounds) {
        var batch = new Batch();
        batch.shelve(
                new Batch.Shelved(rounds.getLast().pos(), Optional.empty(), List.copyOf(rounds)));
        return batch;
    }

    @Test
    void what_the_disk_did_not_confirm_is_gone_after_the_next_commit() throws SQLException {
        write(row(1, Lane.READING, 500));
        write(row(2, Lane.ALARM, 500));
        diskConfirms = false;
        assertThatThrownBy(() -> write(row(3, Lane.READING, 500), row(4, Lane.ALARM, 10)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("did not confirm");
        assertThatThrownBy(() -> write(row(3, Lane.ALARM, 70)))
                .isInstanceOf(JournalException.class);
        diskConfirms = true;
        var instead = row(3, Lane.ALARM, 20);
        write(instead);
        assertSame(store.rows(Pos.of(1, 3), Long.MAX_VALUE, 9), List.of(instead));
        var again = new Store(copy(), "copy", Store.NO_FORCE);
        assertSame(again.rows(Pos.of(1, 3), Long.MAX_VALUE, 9), List.of(instead));
    }

    @Test
    void a_node_and_a_note_are_read_back_and_replaced() {
        var batch = new Batch();
        batch.nodes().add(new NodeRow(1, 8, 2, new byte[] {1}));
        batch.note("a", "1");
        store.write(batch);
        batch.note("a", "2");
        store.write(batch);
        assertThat(store.node(1, 8, 2)).contains(new byte[] {1});
        assertThat(store.node(1, 8, 3)).isEmpty();
        assertThat(store.note("a")).isEqualTo(Optional.of("2"));
    }

    private static void assertSame(List<Row> found, List<Row> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (var i = 0; i < found.size(); i++) {
            assertThat(found.get(i).pos()).isEqualTo(expected.get(i).pos());
            assertThat(found.get(i).lane()).isEqualTo(expected.get(i).lane());
            assertThat(found.get(i).bytes()).isEqualTo(expected.get(i).bytes());
            assertThat(found.get(i).check()).isEqualTo(expected.get(i).check());
        }
    }

    private static Row row(long seq, Lane lane, int size) {
        var bytes = new byte[size];
        new Random(seq).nextBytes(bytes);
        return new Row(Pos.of(1, seq), lane, bytes, (int) seq * 31);
    }

    private void write(Row... rows) {
        var batch = new Batch();
        batch.rows().addAll(List.of(rows));
        store.write(batch);
    }

    private String plan(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var plan = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            var lines = new StringBuilder();
            while (plan.next()) {
                lines.append(plan.getString("detail")).append('\n');
            }
            return lines.toString();
        }
    }

    private SQLiteConnection copy() throws SQLException {
        return MemoryStore.connect(Optional.of(store.image()));
    }

    private static SQLiteConnection connection() {
        try {
            return MemoryStore.connect(Optional.empty());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Store store() {
        try {
            return new Store(
                    connection,
                    "memory",
                    new Store.Force() {
                        @Override
                        public void run() throws IOException {
                            if (!diskConfirms) {
                                throw new IOException("no");
                            }
                        }

                        @Override
                        public void close() {}
                    });
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
