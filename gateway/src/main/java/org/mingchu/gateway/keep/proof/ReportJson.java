package org.mingchu.gateway.keep.proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report for programs, {@code kfs/verify/1} of export.md. Pure. */
public final class ReportJson {
    private ReportJson() {}

    /** One line of JSON without a newline. */
    public static String of(Report report) {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", "kfs/verify/1");
        json.put("proven", report.proven());
        json.put("firstBad", report.firstBad().map(ReportJson::problem));
        json.put("device", keys(report.device()));
        json.put("witnesses", keys(report.witnesses()));
        json.put("epochs", report.epochs().stream().map(ReportJson::epoch).toList());
        json.put("problems", report.problems().stream().map(ReportJson::problem).toList());
        return JsonText.of(json);
    }

    private static List<Map<String, Object>> keys(List<Report.UsedKey> keys) {
        return keys.stream().map(ReportJson::key).toList();
    }

    private static Map<String, Object> key(Report.UsedKey key) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", key.name());
        json.put("fingerprint", key.fingerprint());
        json.put("given", key.given());
        return json;
    }

    private static Map<String, Object> epoch(Report.Epoch epoch) {
        var json = new LinkedHashMap<String, Object>();
        json.put("epoch", epoch.span().epoch());
        json.put("from", epoch.span().from());
        json.put("to", epoch.span().to());
        json.put("size", epoch.span().size());
        json.put("witnessed", epoch.witnessed().map(seqs -> witnessed(seqs, epoch.witness())));
        json.put("selfAttested", epoch.selfAttested().map(ReportJson::seqs));
        json.put("unproven", epoch.unproven().stream().map(ReportJson::seqs).toList());
        json.put("before", epoch.before());
        json.put("gaps", epoch.gaps().stream().map(ReportJson::gone).toList());
        return json;
    }

    private static Map<String, Object> witnessed(
            Problem.Seqs seqs, Optional<Report.Witnessed> witness) {
        var json = seqs(seqs);
        json.put("by", witness.map(Report.Witnessed::by));
        json.put("at", witness.map(Report.Witnessed::at));
        return json;
    }

    private static Map<String, Object> gone(Report.Gone gone) {
        var json = seqs(gone.seqs());
        json.put("cause", gone.cause());
        return json;
    }

    static Map<String, Object> seqs(Problem.Seqs seqs) {
        var json = new LinkedHashMap<String, Object>();
        json.put("from", seqs.from());
        json.put("to", seqs.to());
        return json;
    }

    private static Map<String, Object> problem(Problem problem) {
        var json = new LinkedHashMap<String, Object>();
        json.put("epoch", problem.epoch());
        json.put("from", problem.seqs().map(Problem.Seqs::from));
        json.put("to", problem.seqs().map(Problem.Seqs::to));
        json.put("somewhere", problem.somewhere());
        json.put("file", problem.file());
        json.put("why", problem.why());
        return json;
    }
}
