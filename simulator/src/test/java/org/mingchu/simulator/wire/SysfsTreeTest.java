package org.mingchu.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

final class SysfsTreeTest {
    private static final String ROM = "28-0316a2795e00";
    private static final String BOOT = "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11";

    @TempDir Path root;
    private SysfsTree tree;

    @BeforeEach
    void boot() {
        tree = new SysfsTree(root, BOOT);
    }

    /** The frame that countless guides to the DS18B20 show; nobody here computed its checksum. */
    @Test
    void a_reading_is_the_text_of_the_kernels_documentation() throws IOException {
        tree.temperature(ROM, 23_125);
        assertThat(w1Slave())
                .isEqualTo(
                        """
                        72 01 4b 46 7f ff 0e 10 57 : crc=57 YES
                        72 01 4b 46 7f ff 0e 10 57 t=23125
                        """);
        assertThat(read("temperature")).isEqualTo("23125\n");
        assertThat(read("name")).isEqualTo(ROM + "\n");
    }

    /** The maker's table of temperatures and bytes (DS18B20 datasheet, table 1). */
    @ParameterizedTest
    @CsvSource({
        "125000, d0 07",
        "85000, 50 05",
        "25062, 91 01",
        "10125, a2 00",
        "500, 08 00",
        "0, 00 00",
        "-500, f8 ff",
        "-10125, 5e ff",
        "-25062, 6f fe",
        "-55000, 90 fc"
    })
    void temperatures_have_the_bytes_of_the_datasheet(long milli, String bytes) throws IOException {
        tree.temperature(ROM, milli);
        assertThat(w1Slave()).startsWith(bytes + " ").endsWith("t=" + milli + "\n");
    }

    @Test
    void the_power_on_value_has_byte_6_of_a_probe_that_has_not_converted() throws IOException {
        tree.powerOn(ROM);
        assertThat(w1Slave())
                .isEqualTo(
                        """
                        50 05 4b 46 7f ff 0c 10 1c : crc=1c YES
                        50 05 4b 46 7f ff 0c 10 1c t=85000
                        """);
    }

    @Test
    void real_85_degrees_differ_from_the_power_on_value_in_byte_6() throws IOException {
        tree.temperature(ROM, 85_000);
        assertThat(w1Slave()).startsWith("50 05 4b 46 7f ff 10 10 ").endsWith("t=85000\n");
    }

    @Test
    void a_sagging_supply_gives_127_94_degrees() throws IOException {
        tree.weakPower(ROM);
        assertThat(w1Slave()).startsWith("ff 07 4b 46 7f ff 0c 10 ").endsWith("t=127937\n");
    }

    @Test
    void an_all_zero_frame_has_a_valid_checksum() throws IOException {
        tree.allZero(ROM);
        assertThat(w1Slave())
                .isEqualTo(
                        """
                        00 00 00 00 00 00 00 00 00 : crc=00 YES
                        00 00 00 00 00 00 00 00 00 t=0
                        """);
    }

    @Test
    void a_damaged_frame_says_no_and_repeats_the_bytes_of_the_last_good_one() throws IOException {
        tree.temperature(ROM, 23_125);
        for (int i = 0; i < 64; i++) {
            tree.crcNoise(ROM, -18_000);
            var lines = w1Slave().lines().toList();
            assertThat(lines.getFirst()).endsWith(" NO").doesNotStartWith("72 01");
            assertThat(lines.getLast()).startsWith("72 01 4b 46 7f ff 0e 10 57 t=");
            var frame = HexFormat.ofDelimiter(" ").parseHex(lines.getFirst().substring(0, 26));
            int said = HexFormat.fromHexDigits(lines.getFirst(), 33, 35);
            assertThat(said).isEqualTo(crcBitByBit(frame, 8)).isNotEqualTo(frame[8] & 0xff);
        }
    }

    @Test
    void every_temperature_a_probe_can_have_carries_a_checksum_that_another_crc_accepts()
            throws IOException {
        for (long sixteenths = -880; sixteenths <= 2_000; sixteenths += 61) {
            tree.temperature(ROM, sixteenths * 1000 / 16);
            var frame = HexFormat.ofDelimiter(" ").parseHex(w1Slave().substring(0, 26));
            assertThat(frame[8] & 0xff).isEqualTo(crcBitByBit(frame, 8));
            assertThat(crcBitByBit(frame, 9)).isZero();
        }
    }

    @Test
    void the_id_is_eight_raw_bytes_with_their_own_checksum() throws IOException {
        tree.temperature(ROM, 0);
        var id = Files.readAllBytes(folder().resolve("id"));
        assertThat(HexFormat.of().formatHex(id, 0, 7)).isEqualTo("28" + "005e79a21603");
        assertThat(crcBitByBit(id, 8)).isZero();
    }

    @Test
    void an_empty_file_is_there_and_empty() throws IOException {
        tree.empty(ROM);
        assertThat(folder().resolve("w1_slave")).exists().isEmptyFile();
        assertThat(folder().resolve("temperature")).exists().isEmptyFile();
    }

    @Test
    void a_probe_that_is_pulled_out_loses_its_folder_and_comes_back() throws IOException {
        assertThat(master("w1_master_slaves")).isEqualTo("not found.\n");
        tree.temperature(ROM, 4_000);
        tree.temperature("28-0316a2795e41", 4_000);
        assertThat(master("w1_master_slaves")).isEqualTo(ROM + "\n28-0316a2795e41\n");
        tree.vanish(ROM);
        assertThat(folder()).doesNotExist();
        assertThat(master("w1_master_slaves")).isEqualTo("28-0316a2795e41\n");
        assertThat(master("w1_master_slave_count")).isEqualTo("1\n");
        tree.temperature(ROM, 5_000);
        assertThat(read("temperature")).isEqualTo("5000\n");
    }

    @Test
    void a_hung_read_returns_only_when_the_probe_answers_again() throws Exception {
        tree.temperature(ROM, 4_000);
        tree.hang(ROM);
        var begun = new CountDownLatch(1);
        var read = new CompletableFuture<String>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    begun.countDown();
                    try {
                        read.complete(w1Slave());
                    } catch (IOException e) {
                        read.completeExceptionally(e);
                    }
                });
        begun.await();
        assertThatThrownBy(() -> read.get(200, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        tree.temperature(ROM, 5_000);
        assertThat(read.get(5, TimeUnit.SECONDS)).isEmpty();
        assertThat(w1Slave()).endsWith("t=5000\n");
    }

    @Test
    void a_hung_probe_can_be_pulled_out() {
        tree.hang(ROM);
        tree.hang(ROM);
        tree.vanish(ROM);
        assertThat(folder()).doesNotExist();
    }

    @Test
    void a_reader_never_sees_half_a_file() throws Exception {
        tree.temperature(ROM, 0);
        var torn = new AtomicBoolean();
        var stop = new AtomicBoolean();
        int length = w1Slave().length();
        var reader =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!stop.get() && !torn.get()) {
                                torn.set(tornRead(length));
                            }
                        });
        for (int i = 0; i < 3_000; i++) {
            tree.temperature(ROM, 10_000 + i % 2 * 62L);
        }
        stop.set(true);
        reader.join();
        assertThat(torn).isFalse();
    }

    private boolean tornRead(int shortest) {
        try {
            return w1Slave().length() < shortest;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void the_folder_is_a_link_into_the_device_tree_that_survives_a_move() throws IOException {
        tree.temperature(ROM, 4_000);
        assertThat(Files.readSymbolicLink(folder()))
                .isEqualTo(Path.of("../../../devices/w1_bus_master1/" + ROM));
        assertThat(Files.isSymbolicLink(root.resolve("sys/bus/w1/devices/w1_bus_master1")))
                .isTrue();
    }

    @Test
    void contacts_are_written_and_lamps_are_read() throws IOException {
        tree.input(17, Level.HIGH);
        assertThat(Files.readString(root.resolve("sys/class/gpio/gpio17/value"))).isEqualTo("1\n");
        tree.input(17, Level.LOW);
        assertThat(Files.readString(root.resolve("sys/class/gpio/gpio17/value"))).isEqualTo("0\n");
        assertThat(tree.output(22)).isEqualTo(Level.LOW);
        var buzzer = root.resolve("sys/class/gpio/gpio22/value");
        Files.createDirectories(buzzer.getParent());
        Files.writeString(buzzer, "1\n", US_ASCII);
        assertThat(tree.output(22)).isEqualTo(Level.HIGH);
    }

    @Test
    void a_boot_has_an_id_of_its_own_and_does_not_know_the_time() throws IOException {
        var mark = root.resolve("run/systemd/timesync/synchronized");
        var bootId = root.resolve("proc/sys/kernel/random/boot_id");
        assertThat(bootId).content().isEqualTo(BOOT + "\n");
        assertThat(mark).doesNotExist();
        tree.clockSynchronized();
        assertThat(mark).exists();
        tree.boot("00000000-0000-4000-8000-000000000002");
        assertThat(bootId).content().isEqualTo("00000000-0000-4000-8000-000000000002\n");
        assertThat(mark).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"28-0316A2795E00", "28-0316", "10-0316a2795e00", "../../etc"})
    void a_rom_code_that_is_none_is_refused(String rom) {
        assertThatThrownBy(() -> tree.temperature(rom, 0)).hasMessageContaining(rom);
    }

    private Path folder() {
        return root.resolve("sys/bus/w1/devices").resolve(ROM);
    }

    private String w1Slave() throws IOException {
        return read("w1_slave");
    }

    private String read(String file) throws IOException {
        return Files.readString(folder().resolve(file), US_ASCII);
    }

    private String master(String file) throws IOException {
        return Files.readString(root.resolve("sys/bus/w1/devices/w1_bus_master1").resolve(file));
    }

    /** Another way to the same checksum: polynomial division over a bit stream. */
    private static int crcBitByBit(byte[] bytes, int length) {
        int remainder = 0;
        for (int bit = 0; bit < length * 8; bit++) {
            int data = bytes[bit / 8] >> bit % 8 & 1;
            int out = remainder >> 7 & 1;
            remainder = remainder << 1 & 0xff;
            remainder ^= (out ^ data) == 1 ? 0x31 : 0;
        }
        return Integer.reverse(remainder) >>> 24;
    }
}
