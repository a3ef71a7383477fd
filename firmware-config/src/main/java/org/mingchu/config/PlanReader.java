package org.mingchu.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads a site file and the rule pack it names into a plan, or names everything that is wrong with
 * both at once. Any thread.
 */
public final class PlanReader {
    private PlanReader() {}

    /**
     * The plan of a site.
     *
     * @param siteFile the rule pack is looked for in folder {@code rules} beside it first
     * @param installedRules folder of the rule packs that came with the program
     * @return problems in the order of the site file, then of the rule pack
     */
    public static Checked<Plan> read(Path siteFile, Path installedRules) {
        return read(siteFile, new PackShelf(siteFile.toAbsolutePath(), installedRules));
    }

    /**
     * The plan of a site under another rule pack than the one it names: what would it say?
     *
     * @param pack the file of the rule pack; it may have any name
     */
    public static Checked<Plan> readWith(Path siteFile, Path pack) {
        return read(siteFile, PackShelf.of(pack));
    }

    /**
     * The plan of a text as if it stood in the site file: may it be written there?
     *
     * @param siteFile need not be there
     */
    public static Checked<Plan> readText(Path siteFile, String text, Path installedRules) {
        var shelf = new PackShelf(siteFile.toAbsolutePath(), installedRules);
        return read(siteFile, shelf, problems -> TomlFile.of(text, problems));
    }

    /**
     * The same under a pack of its own: what was watched by when text and pack were kept together.
     *
     * @param siteFile papers are looked for beside it
     * @param pack the file of the rule pack; it may have any name
     */
    public static Checked<Plan> readTextWith(Path siteFile, String text, Path pack) {
        return read(siteFile, PackShelf.of(pack), problems -> TomlFile.of(text, problems));
    }

    /**
     * The file of the rule pack that a site names, whether or not it can be used.
     *
     * @param installedRules folder of the rule packs that came with the program
     */
    public static Optional<Path> packFile(Path siteFile, Path installedRules, String pack) {
        return new PackShelf(siteFile.toAbsolutePath(), installedRules).file(pack);
    }

    private static Checked<Plan> read(Path siteFile, PackShelf shelf) {
        return read(siteFile, shelf, problems -> TomlFile.open(siteFile, problems));
    }

    private static Checked<Plan> read(
            Path siteFile, PackShelf shelf, Function<Problems, Optional<TomlFile>> source) {
        var problems = new Problems(siteFile.toString(), Problems.Discretion.OPEN);
        var plan = source.apply(problems).flatMap(file -> plan(file, shelf, siteFile));
        return plan.<Checked<Plan>>map(p -> new Checked.Good<>(p, all(problems, shelf)))
                .filter(_ -> !problems.hasErrors())
                .orElseGet(() -> new Checked.Bad<>(all(problems, shelf)));
    }

    private static Optional<Plan> plan(TomlFile file, PackShelf shelf, Path siteFile) {
        var folder = siteFile.toAbsolutePath().normalize().resolveSibling("");
        var read = SiteReader.read(file.root(), shelf, folder);
        return read.pack().map(pack -> new Plan(read.site(), pack, file.sha256()));
    }

    private static List<Problem> all(Problems site, PackShelf shelf) {
        return Stream.concat(site.inOrder().stream(), shelf.problems().stream()).toList();
    }
}
