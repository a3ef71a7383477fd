package org.mingchu.config.board;

import org.mingchu.config.Network;
import org.mingchu.config.Problem;
import org.mingchu.config.Problem.Severity;
import org.mingchu.config.Secrets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What NetworkManager has to read for the ways out of a kitchen, and what stands in the way of
 * that. Immutable.
 */
record NetworkFiles(List<Change> changes, List<Problem> problems) {
    private static final String STATE = "var/lib/NetworkManager/NetworkManager.state";
    private static final String OFF = "WirelessEnabled=false";

    NetworkFiles {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }

    static NetworkFiles of(Path root, BoardPlan plan, Secrets secrets) {
        var changes = new ArrayList<Change>();
        var problems = new ArrayList<Problem>();
        for (var link : plan.links()) {
            switch (Keyfile.of(plan.site(), link, secrets)) {
                case Keyfile.Made.Whole(var keyfile) -> changes.add(written(root, keyfile));
                case Keyfile.Made.Lacking(var secret, var expected) ->
                        problems.add(lacking(secret, expected));
            }
        }
        changes.addAll(over(root, plan));
        wireless(root, plan).ifPresent(changes::add);
        if (!plan.links().isEmpty() && !isManaged(root)) {
            problems.add(unmanaged(root));
        }
        return new NetworkFiles(changes, problems);
    }

    private static Change written(Path root, Keyfile keyfile) {
        var file = root.resolve(keyfile.file());
        return new Change(file, old(file), Optional.of(keyfile.text()), Change.Guard.SECRET);
    }

    /** Profiles of ways that the site no longer names. */
    private static List<Change> over(Path root, BoardPlan plan) {
        var wanted = plan.links().stream().map(Keyfile::name).toList();
        return Keyfile.names().stream()
                .filter(name -> !wanted.contains(name))
                .map(name -> root.resolve(new Keyfile(name, "").file()))
                .filter(Files::exists)
                .map(file -> new Change(file, old(file), Optional.empty(), Change.Guard.SECRET))
                .toList();
    }

    /** Raspberry Pi OS comes with the radio off until somebody names a country (pi-gen). */
    private static Optional<Change> wireless(Path root, BoardPlan plan) {
        var file = root.resolve(STATE);
        return plan.links().stream().anyMatch(Network.Wifi.class::isInstance)
                ? old(file)
                        .map(text ->
                                new Change(
                                        file,
                                        Optional.of(text),
                                        text.replace(OFF, "WirelessEnabled=true")))
                : Optional.empty();
    }

    private static Optional<String> old(Path file) {
        return Optional.of(file).filter(Files::isRegularFile).map(BootFiles::text);
    }

    private static boolean isManaged(Path root) {
        return Files.isDirectory(root.resolve("etc/NetworkManager"));
    }

    private static Problem lacking(String secret, String expected) {
        return problem(
                Severity.ERROR,
                "secrets.toml",
                secret,
                "nothing",
                "an entry ["
                        + secret
                        + "] with "
                        + expected
                        + " in secrets.toml beside the site"
                        + " file");
    }

    private static Problem unmanaged(Path root) {
        return problem(
                Severity.WARNING,
                root.resolve("etc/NetworkManager").toString(),
                "network",
                "no such folder",
                "NetworkManager, which reads what is written here: apt install network-manager");
    }

    private static Problem problem(
            Severity severity, String file, String key, String found, String expected) {
        return new Problem(severity, file, 0, 0, key, found, expected, Optional.empty());
    }
}
