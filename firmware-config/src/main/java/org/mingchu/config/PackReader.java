package org.mingchu.config;

import org.mingchu.config.RulePack.Acts;
import org.mingchu.config.RulePack.Calls;
import org.mingchu.config.RulePack.Habits;

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

    /** Beyond an hour food thaws while the alarm is held back. */
    private static final Form<Duration> DEFROST =
            Times.duration(Duration.ofMinutes(5), Duration.ofHours(1));

    /** Two may be chance; ten would take a seldom defrost a month. */
    private static final Form<Integer> ALIKE = Form.whole(2, 10, " rises of one shape");

    /** Sooner nobody can have come; later than a day nobody is called at all. */
    static final Form<Duration> AGAIN = Times.duration(Duration.ofMinutes(1), Duration.ofHours(24));

    /** A shift; what takes longer is a stop. */
    private static final Form<Duration> ACT =
            Times.duration(Duration.ofMinutes(1), Duration.ofHours(8));

    static final Form<Duration> SHELVE =
            Times.duration(Duration.ofMinutes(1), Duration.ofHours(24));

    private static final Form<Attention> WHO =
            Form.oneOf(List.of(Attention.values()), Attention::word);

    private static final int STEPS_MAX = Attention.values().length;

    private static final Form<Duration> PRODUCT =
            Times.duration(Duration.ofMinutes(1), Duration.ofHours(24));

    private static final RulePack.Proof PROOF_DEFAULT =
            new RulePack.Proof(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Optional.of(Duration.ofMinutes(5)),
                    Duration.ofHours(4),
                    Duration.ofHours(24));

    private static final Form<Duration> CLOSED =
            Times.duration(Duration.ofMinutes(30), Duration.ofDays(3));

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
                        root.mayTable("habits").map(PackReader::habits).orElse(Habits.DEFAULT),
                        root.mayTable("calls").map(PackReader::calls).orElse(Calls.DEFAULT),
                        root.mayTable("acts").map(PackReader::acts).orElse(Acts.DEFAULT),
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
        var tables = root.tables("rule", RULES_MAX);
        var rules = tables.stream().map(table -> RuleReader.read(table, taken)).toList();
        for (var i = 0; i < rules.size(); i++) {
            checkForetold(rules.get(i), rules, tables.get(i));
        }
        return rules;
    }

    /** What is foretold must be a limit of the same units, or nobody would ever hear of it. */
    private static void checkForetold(Rule rule, List<Rule> all, Table table) {
        if (!(rule.when() instanceof Condition.NotCooling(var foretold, _))) {
            return;
        }
        var found =
                all.stream()
                        .filter(other -> other.id().equals(foretold))
                        .anyMatch(other ->
                                other.when() instanceof Condition.Above
                                        && other.scope() == rule.scope()
                                        && other.measures().equals(rule.measures()));
        if (!found) {
            table.problems()
                    .error(
                            table.spot("when").showing(Problems.quoted(foretold)),
                            "not_cooling: the id of a rule with above, for the same kind and"
                                    + " measures");
        }
    }

    private static Calls calls(Table table) {
        var again = table.may("again", AGAIN).orElse(Calls.DEFAULT.again());
        var steps = table.tables("unanswered", STEPS_MAX).stream().map(PackReader::call).toList();
        table.end();
        for (var i = 1; i < steps.size(); i++) {
            if (steps.get(i).after().compareTo(steps.get(i - 1).after()) <= 0
                    || steps.get(i).who().compareTo(steps.get(i - 1).who()) <= 0) {
                table.problems()
                        .error(
                                table.spot("unanswered"),
                                "each step later than the one before, and higher: site, manager,"
                                        + " regulator");
            }
        }
        return new Calls(again, table.has("unanswered") ? steps : Calls.DEFAULT.unanswered());
    }

    private static RulePack.Call call(Table table) {
        var call = new RulePack.Call(table.need("after", AGAIN), table.need("who", WHO));
        table.end();
        return call;
    }

    private static Acts acts(Table table) {
        var known = Acts.DEFAULT;
        var acts =
                new Acts(
                        table.may("cleaning_longest", ACT).orElse(known.cleaningLongest()),
                        table.may("loading_longest", ACT).orElse(known.loadingLongest()),
                        table.may("pull_down_longest", ACT).orElse(known.pullDownLongest()),
                        table.may("in_range_for", ACT).orElse(known.inRangeFor()),
                        table.may("shelve_longest", SHELVE).orElse(known.shelveLongest()));
        table.end();
        return acts;
    }

    private static Habits habits(Table table) {
        var known = Habits.DEFAULT;
        var habits =
                new Habits(
                        table.may("defrost_longest", DEFROST).orElse(known.defrostLongest()),
                        table.may("alike", ALIKE).orElse(known.alike()),
                        table.may("product_time_constant", PRODUCT).orElse(known.product()));
        table.end();
        return habits;
    }

    private static RulePack.Proof proof(Table table) {
        var proof =
                new RulePack.Proof(
                        table.may("outage_longer_than", PROOF)
                                .orElse(PROOF_DEFAULT.outageLongerThan()),
                        table.may("in_range_for", PROOF).orElse(PROOF_DEFAULT.inRangeFor()),
                        table.may("check_longer_than", PROOF).or(PROOF_DEFAULT::checkLongerThan),
                        table.may("closed_chilled", CLOSED).orElse(PROOF_DEFAULT.closedChilled()),
                        table.may("closed_frozen", CLOSED).orElse(PROOF_DEFAULT.closedFrozen()));
        table.end();
        var shorter =
                proof.checkLongerThan().filter(c -> c.compareTo(proof.outageLongerThan()) < 0);
        if (shorter.isPresent() && table.has("check_longer_than")) {
            table.problems()
                    .error(
                            table.spot("check_longer_than"),
                            "at least outage_longer_than, "
                                    + Problems.quoted(Times.text(proof.outageLongerThan()))
                                    + ": what is no outage needs no check");
        }
        return proof;
    }
}
