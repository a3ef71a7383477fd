package org.mingchu.config;

import org.tomlj.TomlArray;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a rule asks of cameras: {@code "lost"}, or verdicts of one level. */
final class CameraRule {
    private static final String LOST = "lost";

    private static final List<CameraVerdict> WRONG =
            Arrays.stream(CameraVerdict.values()).filter(CameraVerdict::wrong).toList();

    private static final String EXPECTED =
            "\""
                    + LOST
                    + "\", or an array of verdicts of one level, out of "
                    + Problems.quoted(WRONG.stream().map(CameraVerdict::word).toList());

    private static final Form<Set<CameraVerdict>> VERDICTS =
            new Form<>(EXPECTED, Condition.Camera.lost().verdicts(), CameraRule::verdicts);

    /** A recorder is vague about the last day; ten years no disk holds. */
    private static final Form<Integer> DAYS = Form.whole(2, 3_650, " days");

    private CameraRule() {}

    static Optional<Condition> read(Table table) {
        var days = table.may("recorded_days", DAYS);
        var verdicts = table.may("camera", VERDICTS);
        var asks = verdicts.filter(v -> v.contains(CameraVerdict.RECORDING_SHORT)).isPresent();
        if (verdicts.isPresent() && asks != days.isPresent()) {
            table.problems()
                    .error(
                            table.spot("camera"),
                            "recorded_days beside \"recording-short\", and only there");
        }
        return verdicts.map(v -> new Condition.Camera(v, days.map(Duration::ofDays)));
    }

    private static Parsed<Set<CameraVerdict>> verdicts(Object raw) {
        if (raw.equals(LOST)) {
            return Parsed.right(Condition.Camera.lost().verdicts());
        }
        if (!(raw instanceof TomlArray array) || array.isEmpty()) {
            return Parsed.wrong(EXPECTED);
        }
        var found = new HashSet<CameraVerdict>();
        for (var word : array.toList()) {
            var verdict = WRONG.stream().filter(v -> v.word().equals(word)).findFirst();
            if (verdict.isEmpty()) {
                return Parsed.wrong(EXPECTED);
            }
            found.add(verdict.get());
        }
        return levels(found) == 1 ? Parsed.right(found) : Parsed.wrong(EXPECTED);
    }

    private static long levels(Set<CameraVerdict> verdicts) {
        return verdicts.stream().map(CameraVerdict::level).distinct().count();
    }
}
