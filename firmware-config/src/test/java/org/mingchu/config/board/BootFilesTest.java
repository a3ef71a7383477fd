package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.Problem;
import org.mingchu.config.board.BootFiles.Proposal;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class BootFilesTest {
    private static final String HEAD = "# >>> mingchu board";

    private static final BoardPlan EVERY_BUS = Boards.board(Boards.EVERY_BUS);
    private static final BoardPlan MINI = Boards.board(Boards.MINI);

    @TempDir Path root;

    @Test
    void what_is_written_once_needs_no_second_time() throws IOException {
        for (var site : Boards.sites()) {
            var board = Boards.board(site);
            Boards.root(root, Boards.stock());

            Boards.apply(root, board);
            var once = Boards.config(root);

            assertThat(BootFiles.propose(root, board))
                    .isEqualTo(new Proposal.Possible(List.of(), List.of()));
            assertThat(once).startsWith(Boards.stock()).contains(HEAD).endsWith("board\n");
        }
    }

    @Test
    void a_proposal_writes_nothing() throws IOException {
        Boards.root(root, Boards.stock());

        assertThat(BootFiles.propose(root, EVERY_BUS)).isInstanceOf(Proposal.Possible.class);
        assertThat(Boards.config(root)).isEqualTo(Boards.stock());
        try (var files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBK", "UTF-8"})
    void lines_that_are_not_ours_stay_byte_for_byte(String code) throws IOException {
        var own =
                "# 王师傅改的\r\ndtparam=audio=on  \r\n\t\r\n[pi4]\r\nover_voltage=2\r\n\u0000"
                        .getBytes(Charset.forName(code));
        var after = "\n[pi5]\n# 后面\nusb_max_current_enable=1".getBytes(Charset.forName(code));
        var config = Boards.root(root, "").resolve("boot/firmware/config.txt");
        Files.write(config, own);
        Boards.apply(root, MINI);
        Files.write(config, concat(Files.readAllBytes(config), after));

        Boards.apply(root, EVERY_BUS);

        var now = Files.readString(config, StandardCharsets.ISO_8859_1);
        assertThat(now)
                .startsWith(new String(own, StandardCharsets.ISO_8859_1) + "\n" + HEAD)
                .endsWith("# <<< mingchu board\n" + new String(after, StandardCharsets.ISO_8859_1));
        assertThat(now).contains("dtparam=spi=on").doesNotContain("xlgl-duolun-0107");
    }

    private static byte[] concat(byte[] one, byte[] other) {
        var all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    @Test
    void the_old_file_stays_beside_the_new_one_and_nothing_else() throws IOException {
        Boards.root(root, Boards.stock());

        Boards.apply(root, MINI);

        var folder = root.resolve("boot/firmware");
        assertThat(folder.resolve("config.txt.mingchu-old")).hasContent(Boards.stock());
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.txt", "config.txt.mingchu-old");
        }
    }

    @Test
    void the_difference_is_what_diff_would_say() throws IOException {
        Boards.root(root, Boards.stock());
        var change = changes(MINI).getFirst();
        var file = root.resolve("boot/firmware/config.txt");

        assertThat(change.diff())
                .isEqualTo(
                        """
                        --- FILE
                        +++ FILE
                        @@ -34,3 +34,12 @@
                         dtoverlay=dwc2,dr_mode=host
                        \s
                         [all]
                        +# >>> mingchu board: written by `mingchu board apply`; own lines go outside
                        +[all]
                        +dtoverlay=
                        +# for site xlgl-duolun-0107
                        +dtparam=watchdog=on
                        +dtoverlay=w1-gpio,gpiopin=4
                        +# lamps and buzzer stay off until the gateway has them
                        +gpio=23=op,dl
                        +dtoverlay=
                        +# <<< mingchu board
                        """
                                .replace("FILE", file.toString())
                                .replace("+34,12", "+34,13"));
    }

    @Test
    void a_difference_in_the_middle_shows_three_lines_around_it() throws IOException {
        Boards.root(root, Boards.stock() + "# no line end");
        Boards.apply(root, EVERY_BUS);
        var config = Boards.config(root);
        Files.writeString(
                root.resolve("boot/firmware/config.txt"),
                config.replace("\ndtparam=spi=on\n", "\n") + "# behind\n",
                StandardCharsets.ISO_8859_1);

        var diff = changes(EVERY_BUS).getFirst().diff();

        assertThat(diff.lines().filter(line -> line.startsWith("+") && !line.startsWith("+++")))
                .containsExactly("+dtparam=spi=on");
        assertThat(diff.lines().filter(line -> line.startsWith("-") && !line.startsWith("---")))
                .isEmpty();
        // The first of three lines before it, from 1.
        var at = config.lines().toList().indexOf("dtparam=spi=on") + 1 - 3;
        assertThat(diff).contains("@@ -" + at + ",6 +" + at + ",7 @@\n # for site");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dtparam=i2c_arm=off | switches off the I²C bus i2c-1",
                "dtparam=i2c=off | switches off the I²C bus i2c-1",
                "device_tree_param=audio=on,spi=no | switches off the SPI bus spi0",
                "dtparam=watchdog=off | switches off watchdog",
                "enable_uart=0 | switches off the serial line of the header",
                "dtoverlay=w1-gpio | the block has it",
                "dtoverlay=w1-gpio,gpiopin=6 | the block has it",
                "dtoverlay=w1-gpio,gpiopin=17 | cold-1-door on GPIO 17",
                "dtoverlay=i2c-rtc,ds1307 | the block has it",
                "dtoverlay=i2c-sensor,sht4x | the block has it",
                "dtoverlay=gpio-shutdown | the I²C bus i2c-1 (clock) on GPIO 3",
                "dtoverlay=gpio-poweroff,gpiopin=25 | green on GPIO 25",
                "dtoverlay=uart3 | 1-Wire bus on GPIO 4",
                "dtparam=i2s=on | room-1-mains on GPIO 20",
                "gpio=20-23=op,dh | buzzer on GPIO 22",
                "gpio=17=op | cold-1-door on GPIO 17",
                "gpio=2=ip | the I²C bus i2c-1 (clock) on GPIO 2",
            })
    void a_line_behind_the_block_that_stands_against_it_is_named(String line, String why)
            throws IOException {
        Boards.root(root, Boards.stock());
        Boards.apply(root, EVERY_BUS);
        var block = Boards.config(root);
        Boards.root(root, block + line + "\n");

        assertThat(BootFiles.propose(root, EVERY_BUS))
                .isInstanceOfSatisfying(
                        Proposal.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .singleElement()
                                        .satisfies(problem -> {
                                            assertThat(problem.severity())
                                                    .isEqualTo(Problem.Severity.ERROR);
                                            assertThat(problem.line())
                                                    .isEqualTo(block.lines().count() + 1);
                                            assertThat(problem.text())
                                                    .startsWith(root + "/boot/firmware/config.txt:")
                                                    .contains(why, "delete");
                                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dtparam=i2c_arm=on",
                "dtparam=i2c_arm=on,audio=on",
                "dtparam=spi=on",
                "enable_uart=1",
                "dtparam=audio=off",
                "gpio=22=op,dl",
                "gpio=17=ip,pu",
                "dtoverlay=i2c-sensor,bme280",
                "dtoverlay=gpio-fan,gpiopin=26",
                "#dtparam=i2c_arm=off",
                "[none]\ndtparam=i2c_arm=off"
            })
    void a_line_that_harms_nothing_is_left_in_peace(String line) throws IOException {
        Boards.root(root, line + "\n");

        assertThat(BootFiles.propose(root, EVERY_BUS))
                .isInstanceOfSatisfying(
                        Proposal.Possible.class,
                        possible -> assertThat(possible.remarks()).isEmpty());
    }

    @Test
    void a_line_before_the_block_that_it_overrules_is_a_warning() throws IOException {
        Boards.root(root, "[pi4]\ndtparam=i2c_arm=off\n");

        assertThat(BootFiles.propose(root, EVERY_BUS))
                .isInstanceOfSatisfying(
                        Proposal.Possible.class,
                        possible ->
                                assertThat(possible.remarks())
                                        .singleElement()
                                        .extracting(Problem::text)
                                        .asString()
                                        .contains(
                                                "config.txt:2:1: warning: dtparam:",
                                                "\"i2c_arm=off\" under [pi4]",
                                                "on again; delete it"));
    }

    @Test
    void a_line_that_only_another_site_would_mind_is_fine() throws IOException {
        Boards.root(root, "dtparam=spi=on\ndtoverlay=gpio-shutdown\nenable_uart=1\n");

        assertThat(BootFiles.propose(root, MINI)).isInstanceOf(Proposal.Possible.class);
    }

    @Test
    void a_file_that_is_included_is_not_read_and_that_is_said() throws IOException {
        Boards.root(root, "include extra.txt\n");

        assertThat(((Proposal.Possible) BootFiles.propose(root, MINI)).remarks())
                .singleElement()
                .extracting(Problem::text)
                .asString()
                .contains("warning: include: found \"extra.txt\"", "not read here");
    }

    @ParameterizedTest
    @CsvSource({"BEGIN,1", "END,1", "END BEGIN,2", "BEGIN END BEGIN END,3", "BEGIN BEGIN END,2"})
    void marks_that_do_not_fit_are_not_guessed_at(String marks, int line) throws IOException {
        var text = marks.replace(' ', '\n').replace("BEGIN", Block.BEGIN).replace("END", Block.END);
        Boards.root(root, text + "\n");

        assertThat(BootFiles.propose(root, MINI))
                .isInstanceOfSatisfying(
                        Proposal.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .singleElement()
                                        .satisfies(problem -> {
                                            assertThat(problem.line()).isEqualTo(line);
                                            assertThat(problem.text()).contains("delete");
                                        }));
    }

    @Test
    void the_place_of_older_systems_is_refused_in_words() throws IOException {
        Boards.put(root, "boot/config.txt", Boards.stock());

        assertThat(BootFiles.propose(root, MINI))
                .isInstanceOfSatisfying(
                        Proposal.NoBoard.class,
                        no ->
                                assertThat(no.why())
                                        .contains("boot/config.txt", "Debian 11", "Debian 13"));
    }

    @Test
    void a_machine_without_a_boot_partition_is_no_board() {
        assertThat(BootFiles.propose(root, MINI))
                .isInstanceOfSatisfying(
                        Proposal.NoBoard.class,
                        no -> assertThat(no.why()).contains("findmnt /boot/firmware"));
    }

    @Test
    void the_kernel_stops_talking_where_the_modbus_is() throws IOException {
        Boards.root(root, Boards.stock());
        var line = "console=serial0,115200 console=tty1 root=PARTUUID=1-02 rootwait quiet\n";
        var file = Boards.put(root, "boot/firmware/cmdline.txt", line);

        Boards.apply(root, MINI);
        assertThat(file).hasContent(line);

        Boards.apply(root, EVERY_BUS);
        assertThat(file).hasContent("console=tty1 root=PARTUUID=1-02 rootwait quiet\n");
        assertThat(file.resolveSibling("cmdline.txt.mingchu-old")).hasContent(line);
    }

    @Test
    void the_module_that_nobody_else_loads_is_loaded_while_it_is_needed() throws IOException {
        Boards.root(root, Boards.stock());
        var file = root.resolve("etc/modules-load.d/mingchu.conf");

        Boards.apply(root, MINI);
        assertThat(file).doesNotExist();

        Boards.apply(root, EVERY_BUS);
        assertThat(file).content().contains("i2c-dev");

        Boards.apply(root, MINI);
        assertThat(file).content().doesNotContain("i2c-dev");
    }

    private List<Change> changes(BoardPlan plan) {
        return ((Proposal.Possible) BootFiles.propose(root, plan)).changes();
    }
}
