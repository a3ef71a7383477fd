package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sites and boards that the tests of this package share. */
final class Boards {
    static final Path INSTALLED = Path.of("../gateway/src/main/etc").toAbsolutePath().normalize();
    static final Path SAMPLES = INSTALLED.resolve("samples");
    static final Path RESOURCES = Path.of("src/test/resources").toAbsolutePath();

    /** A site with something on every bus. */
    static final Path EVERY_BUS = RESOURCES.resolve("board/every-bus.toml");

    static final Path EXAMPLE = RESOURCES.resolve("examples/site.toml");
    static final Path MINI = SAMPLES.resolve("mini.toml");

    private Boards() {}

    /** All of the samples that ship, the example of the contract and the one above. */
    static List<Path> sites() {
        return List.of(
                MINI,
                SAMPLES.resolve("dining-hall.toml"),
                SAMPLES.resolve("central-kitchen.toml"),
                EXAMPLE,
                EVERY_BUS);
    }

    static Plan plan(Path site) {
        var checked = PlanReader.read(site, INSTALLED.resolve("rules"));
        assertThat(checked).isInstanceOf(Checked.Good.class);
        return ((Checked.Good<Plan>) checked).value();
    }

    static BoardPlan board(Path site) {
        return BoardPlan.of(plan(site));
    }

    /** What Raspberry Pi OS comes with. */
    static String stock() throws IOException {
        return Files.readString(RESOURCES.resolve("board/config.txt"));
    }

    /** A root folder whose config.txt is this. */
    static Path root(Path folder, String config) throws IOException {
        var file = put(folder, "boot/firmware/config.txt", "");
        Files.writeString(file, config, StandardCharsets.ISO_8859_1);
        return folder;
    }

    static Path put(Path root, String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    static String config(Path root) throws IOException {
        return Files.readString(
                root.resolve("boot/firmware/config.txt"), StandardCharsets.ISO_8859_1);
    }

    /** Does what apply does. */
    static BootFiles.Proposal apply(Path root, BoardPlan plan) {
        var proposal = BootFiles.propose(root, plan);
        assertThat(proposal).isInstanceOf(BootFiles.Proposal.Possible.class);
        ((BootFiles.Proposal.Possible) proposal).changes().forEach(BootFiles::write);
        return proposal;
    }
}
