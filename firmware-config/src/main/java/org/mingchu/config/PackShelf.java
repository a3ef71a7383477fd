package org.mingchu.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where rule packs lie: beside the site file first, then what is installed. One thread. */
final class PackShelf {
    private final Path beside;
    private final Path installed;
    private final List<Problem> problems = new ArrayList<>();

    PackShelf(Path siteFile, Path installedRules) {
        this.beside = siteFile.resolveSibling("rules");
        this.installed = installedRules;
    }

    /** The pack that the site names, or empty when there is none that can be used. */
    Optional<RulePack> find(String name, Table site) {
        var places = List.of(beside.resolve(name + ".toml"), installed.resolve(name + ".toml"));
        var file = places.stream().filter(Files::exists).findFirst();
        if (file.isEmpty()) {
            site.problems()
                    .error(
                            site.spot("rules"),
                            "the name of a rule pack: neither "
                                    + places.get(0)
                                    + " nor "
                                    + places.get(1)
                                    + " exists",
                            Guess.closest(name, names()).map(Problems::quoted));
            return Optional.empty();
        }
        var found = new Problems(file.get().toString(), Problems.Discretion.OPEN);
        var pack = PackReader.read(file.get(), name, found);
        problems.addAll(found.inOrder());
        return pack;
    }

    private List<String> names() {
        return Stream.of(beside, installed)
                .flatMap(folder -> Stream.ofNullable(folder.toFile().list()))
                .flatMap(Arrays::stream)
                .filter(file -> file.endsWith(".toml"))
                .map(file -> file.substring(0, file.length() - ".toml".length()))
                .toList();
    }

    /** What is wrong with the pack that was found. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
