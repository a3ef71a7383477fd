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
    private final List<Path> folders;
    private final Optional<Path> instead;
    private final List<Problem> problems = new ArrayList<>();

    PackShelf(Path siteFile, Path installedRules) {
        this(List.of(siteFile.resolveSibling("rules"), installedRules), Optional.empty());
    }

    private PackShelf(List<Path> folders, Optional<Path> instead) {
        this.folders = folders;
        this.instead = instead;
    }

    /** A shelf with one pack on it, whatever the site names. */
    static PackShelf of(Path pack) {
        return new PackShelf(List.of(), Optional.of(pack));
    }

    /** The pack that the site names, or empty when there is none that can be used. */
    Optional<RulePack> find(String name, Table site) {
        if (instead.isPresent()) {
            return read(instead.get(), Optional.empty());
        }
        var file = file(name);
        if (file.isEmpty()) {
            var places = places(name);
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
        return read(file.get(), Optional.of(name));
    }

    /** Where the pack of this name lies. */
    Optional<Path> file(String name) {
        return places(name).stream().filter(Files::exists).findFirst();
    }

    private List<Path> places(String name) {
        return folders.stream().map(folder -> folder.resolve(name + ".toml")).toList();
    }

    private Optional<RulePack> read(Path file, Optional<String> name) {
        var found = new Problems(file.toString(), Problems.Discretion.OPEN);
        var pack = PackReader.read(file, name, found);
        problems.addAll(found.inOrder());
        return pack;
    }

    private List<String> names() {
        return folders.stream()
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
