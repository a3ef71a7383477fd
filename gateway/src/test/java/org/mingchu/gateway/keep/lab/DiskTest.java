package org.mingchu.gateway.keep.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The disk of the lab forgets what POSIX lets a disk forget, and nothing more. */
class DiskTest {
    private static final String ROOT = "/state";
    private static final String FILE = "a";
    private static final int DRAWS = 400;

    @Test
    void what_was_synced_with_its_name_is_always_there() {
        assertThat(drawn(List.of(open(3), write(3, 0, "one"), sync(3), folder(4), sync(4))))
                .containsExactly("a=one");
    }

    @Test
    void a_name_that_was_not_synced_is_there_or_not() {
        assertThat(drawn(List.of(open(3), write(3, 0, "one"), sync(3))))
                .containsExactlyInAnyOrder("", "a=one");
    }

    @Test
    void unsynced_writes_happen_in_any_order_or_not_at_all() {
        assertThat(
                        drawn(
                                List.of(
                                        open(3),
                                        folder(4),
                                        sync(4),
                                        write(3, 0, "1"),
                                        sync(3),
                                        write(3, 1, "2"),
                                        write(3, 2, "3"))))
                .containsExactlyInAnyOrder(
                        "a=1", "a=12", "a=123", "a=1\0" + "3", "a=1\0", "a=1\0\0", "a=12\0");
    }

    @Test
    void a_write_tears_at_a_border_of_sectors_only() {
        var left =
                drawn(
                        List.of(
                                open(3),
                                folder(4),
                                sync(4),
                                write(3, 0, "x".repeat(1024)),
                                sync(3),
                                write(3, 100, "y".repeat(800))));
        var first = "y".repeat(412);
        var second = "y".repeat(388);
        var head = "x".repeat(100);
        var tail = "x".repeat(124);
        assertThat(left)
                .containsExactlyInAnyOrder(
                        "a=" + "x".repeat(1024),
                        "a=" + head + first + second + tail,
                        "a=" + head + first + "x".repeat(388) + tail,
                        "a=" + head + "x".repeat(412) + second + tail);
    }

    @Test
    void a_file_moved_over_another_is_the_old_one_or_the_new_one() {
        assertThat(
                        drawn(
                                List.of(
                                        open(3),
                                        write(3, 0, "old"),
                                        sync(3),
                                        new Call.Open(5, ROOT + "/b", true, false, false),
                                        write(5, 0, "new"),
                                        sync(5),
                                        folder(4),
                                        sync(4),
                                        new Call.Rename(ROOT + "/b", ROOT + "/a"))))
                .containsExactlyInAnyOrder("a=old b=new", "a=new");
    }

    @Test
    void what_a_failed_sync_left_out_no_later_sync_brings_back() {
        assertThat(
                        drawn(
                                List.of(
                                        open(3),
                                        folder(4),
                                        sync(4),
                                        write(3, 0, "1"),
                                        new Call.SyncFailed(3),
                                        write(3, 1, "2"),
                                        sync(3))))
                .contains("a=12", "a=\0" + "2")
                .doesNotContain("a=1", "a=");
    }

    /** Every image of many draws, as text. */
    private static Set<String> drawn(List<Call> calls) {
        var images = new HashSet<String>();
        for (var seed = 0; seed < DRAWS; seed++) {
            var disk = new Disk(ROOT, Map.of(), new Random(seed));
            calls.forEach(disk::apply);
            images.add(text(disk.crash()));
        }
        return images;
    }

    private static String text(Map<String, byte[]> image) {
        return String.join(
                " ",
                image.entrySet().stream()
                        .map(file -> file.getKey() + "=" + ascii(file.getValue()))
                        .toList());
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static Call open(int fd) {
        return new Call.Open(fd, ROOT + "/" + FILE, true, false, false);
    }

    private static Call folder(int fd) {
        return new Call.Open(fd, ROOT, false, false, true);
    }

    private static Call sync(int fd) {
        return new Call.Sync(fd);
    }

    private static Call write(int fd, long offset, String text) {
        return new Call.Write(fd, offset, text.getBytes(StandardCharsets.US_ASCII));
    }
}
