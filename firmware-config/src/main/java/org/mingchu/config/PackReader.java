package org.mingchu.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads a rule pack. */
final class PackReader {
    /** Most rules of one pack: every rule is evaluated for every subject of every round. */
    private static final int RULES_MAX = 200;

    private static final Form<String> VERSION =
            Form.words(
                    "",
                    "a version such as \"1.0.0\"",
                    text -> Optional.of(text).filter(t -> t.matches("\\d{1,5}(\\.\\d{1,5}){2}")));

    private static final Form<Duration> PROOF =
            Times.duration(Duration.ofSeconds(1), Duration.ofHours(24));

    private static final RulePack.Proof PROOF_DEFAULT =
            new RulePack.Proof(Duration.ofMinutes(5), Duration.ofMinutes(30));

    private PackReader() {}

    /**
     * The pack, or empty when it cannot be used; the problems say why.
     *
     * @param name by which the site names it; empty for a file that is only tried
     */
    static Optional<RulePack> read(Path file, Optional<String> name, Problems problems) {
        var pack = TomlFile.open(file, problems).map(toml -> pack(toml, name));
        return pack.filter(_ -> !problems.hasErrors());
    }

    private static RulePack pack(TomlFile file, Optional<String> name) {
        var root = file.root();
        var id = root.ask("pack", Form.ID);
        if (id.isPresent() && name.isPresent() && !id.equals(name)) {
            // The name in the site file, the file's name and the name in every record are one.
            root.problems()
                    .error(
                            root.spot("pack"),
                            "the name of the file, without .toml",
                            name.map(Problems::quoted));
        }
        var pack =
                new RulePack(
                        id.orElse(""),
                        root.need("version", VERSION),
                        root.need("legal", Form.YES_NO),
                        rules(root),
                        root.mayTable("proof").map(PackReader::proof).orElse(PROOF_DEFAULT),
                        RetentionReader.read(root),
                        file.sha256());
        root.end();
        return pack;
    }

    private static List<Rule> rules(Table root) {
        if (!root.has("rule")) {
            root.problems().missing(root.spot("rule"), "at least one [[rule]]");
        }
        var taken = new HashSet<String>();
        return root.tables("rule", RULES_MAX).stream()
                .map(table -> RuleReader.read(table, taken))
                .toList();
    }

    private static RulePack.Proof proof(Table table) {
        var proof =
                new RulePack.Proof(
                        table.may("outage_longer_than", PROOF)
                                .orElse(PROOF_DEFAULT.outageLongerThan()),
                        table.may("in_range_for", PROOF).orElse(PROOF_DEFAULT.inRangeFor()));
        table.end();
        return proof;
    }
}
