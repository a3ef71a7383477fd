package org.mingchu.gateway.keep.proof;

import java.util.ArrayList;
import java.util.List;

/** A report for people. Pure. */
public final class ReportText {
    /** Runs of gone seqs shown for each epoch; the JSON has all. */
    private static final int SHOWN_GAPS = 10;

    /** Problems shown; the JSON has all that were kept. */
    private static final int SHOWN_PROBLEMS = 20;

    private ReportText() {}

    /** The lines of the report, the verdict last. */
    public static List<String> of(Report report) {
        var lines = new ArrayList<String>();
        report.record().ifPresent(head -> head(head, lines));
        report.device().forEach(key -> lines.add(key("device key", key)));
        report.witnesses().forEach(key -> lines.add(key("platform key", key)));
        report.epochs().forEach(epoch -> epoch(epoch, lines));
        problems(report, lines);
        lines.add(verdict(report));
        return lines;
    }

    private static void head(ExportSource.Head head, List<String> lines) {
        lines.add(
                "record of %s, exported %s by mingchu %s"
                        .formatted(
                                shown(head.gateway().keyName()),
                                head.createdAt(),
                                shown(head.version())));
        if (head.simulated()) {
            lines.add("SIMULATED: not the record of a real kitchen");
        }
    }

    private static String key(String what, Report.UsedKey key) {
        var whose =
                key.given()
                        ? "given by you"
                        : "the export's own; compare it with what you have from elsewhere";
        return "%s %s: %s%n  %s".formatted(what, shown(key.name()), key.fingerprint(), whose);
    }

    private static void epoch(Report.Epoch epoch, List<String> lines) {
        var span = epoch.span();
        lines.add(
                "epoch %s: seq %d..%d of %d"
                        .formatted(span.epoch(), span.from(), span.to(), span.size()));
        epoch.witnessed()
                .ifPresent(seqs ->
                        lines.add(
                                "  witnessed %d..%d by %s at %s"
                                        .formatted(
                                                seqs.from(),
                                                seqs.to(),
                                                epoch.witness().orElseThrow().by(),
                                                epoch.witness().orElseThrow().at())));
        epoch.selfAttested()
                .ifPresent(seqs ->
                        lines.add(
                                "  self-attested %d..%d: signed by the device alone"
                                        .formatted(seqs.from(), seqs.to())));
        epoch.unproven()
                .forEach(seqs ->
                        lines.add(
                                "  unproven %d..%d: neither witnessed nor self-attested; hashes are lost"
                                        .formatted(seqs.from(), seqs.to())));
        epoch.before()
                .ifPresent(before ->
                        lines.add("  names epoch " + shown(before) + ", which is not contained"));
        gaps(epoch.gaps(), lines);
    }

    private static void gaps(List<Report.Gone> gaps, List<String> lines) {
        gaps.stream()
                .limit(SHOWN_GAPS)
                .forEach(gone ->
                        lines.add("  gap %s: %s".formatted(gone.seqs(), shown(gone.cause()))));
        if (gaps.size() > SHOWN_GAPS) {
            lines.add("  and " + (gaps.size() - SHOWN_GAPS) + " more gaps");
        }
    }

    private static void problems(Report report, List<String> lines) {
        report.problems().stream()
                .limit(SHOWN_PROBLEMS)
                .forEach(problem -> lines.add("problem: " + shown(problem.toString())));
        if (report.problems().size() > SHOWN_PROBLEMS) {
            lines.add("and " + (report.problems().size() - SHOWN_PROBLEMS) + " more problems");
        }
    }

    private static String verdict(Report report) {
        if (report.proven()) {
            var unproven =
                    report.epochs().stream()
                            .flatMap(epoch -> epoch.unproven().stream())
                            .mapToLong(seqs -> seqs.to() - seqs.from() + 1)
                            .sum();
            return unproven == 0 ? "PROVEN" : "PROVEN but for " + unproven + " unproven seqs";
        }
        return "NOT PROVEN; first bad: "
                + report.firstBad().map(bad -> shown(bad.toString())).orElse("the file");
    }

    /** Text of a stranger, without what moves a terminal's cursor. */
    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
