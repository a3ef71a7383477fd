package org.mingchu.sensors.camera.onvif;

import org.mingchu.config.CameraVerdict;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** ONVIF's Recording Search service. One thread. */
final class OnvifSearch {
    /** The device itself waits a second in each. */
    private static final int POLLS_MAX = 3;

    private static final int RESULTS_MAX = 256;
    private static final Pattern LAST_NUMBER = Pattern.compile(".*?([0-9]{1,9})[^0-9]*");

    private final Service service;

    /** Asks the search service one question. */
    @FunctionalInterface
    interface Service {
        Told<Xml> ask(String action, String inside, String element);
    }

    /** One recording and the three names by which its channel may be known. */
    record Recording(String name, String source, String token, Span span) {}

    OnvifSearch(Service service) {
        this.service = service;
    }

    Recorder.Recorded recorded(SequencedSet<Integer> channels, DeviceTime now) {
        var summary =
                service.ask("GetRecordingSummary", "", "Summary")
                        .then(s -> new Told.Known<>(span(s, "DataFrom", "DataUntil", now)));
        var found = find(now);
        var spans = new HashMap<Integer, Told<Span>>();
        channels.forEach(c -> spans.put(c, found.then(all -> of(c, all))));
        return new Recorder.Recorded(summary, spans);
    }

    private Told<List<Recording>> find(DeviceTime now) {
        var inside =
                "<Scope><RecordingInformationFilter/></Scope><MaxMatches>%d</MaxMatches>"
                                .formatted(RESULTS_MAX)
                        + "<KeepAliveTime>PT10S</KeepAliveTime>";
        return service.ask("FindRecordings", inside, "SearchToken")
                .then(token -> results(token.text(), now));
    }

    private Told<List<Recording>> results(String token, DeviceTime now) {
        var inside =
                "<SearchToken>%s</SearchToken><MinResults>1</MinResults><MaxResults>%d</MaxResults>"
                                .formatted(Soap.escaped(token), RESULTS_MAX)
                        + "<WaitTime>PT1S</WaitTime>";
        for (int poll = 0; poll < POLLS_MAX; poll++) {
            var answer = service.ask("GetRecordingSearchResults", inside, "ResultList");
            var over = answer.known().map(OnvifSearch::completed).orElse(true);
            if (over) {
                return answer.then(list -> new Told.Known<>(recordings(list, now)));
            }
        }
        return new Told.Failed<>(CameraVerdict.NO_ANSWER, "a search that does not end");
    }

    private static boolean completed(Xml list) {
        return list.word("SearchState")
                        .or(() -> list.attribute("SearchState"))
                        .filter(s -> s.toLowerCase(Locale.ROOT).equals("completed"))
                        .isPresent()
                || list.find("RecordingInformation").isPresent();
    }

    static List<Recording> recordings(Xml list, DeviceTime now) {
        return list.all("RecordingInformation").map(r -> recording(r, now)).toList();
    }

    private static Recording recording(Xml recording, DeviceTime now) {
        return new Recording(
                recording.word("Name").orElse(""),
                recording.word("SourceId").orElse(""),
                recording.word("RecordingToken").orElse(""),
                span(recording, "EarliestRecording", "LatestRecording", now));
    }

    private static Span span(Xml from, String oldest, String newest, DeviceTime now) {
        return new Span(
                from.word(oldest).flatMap(now::ageMs), from.word(newest).flatMap(now::ageMs));
    }

    /** By whichever of its names numbers the recordings one by one. */
    private static Told<Span> of(int channel, List<Recording> all) {
        for (var name :
                List.<Function<Recording, String>>of(
                        Recording::name, Recording::source, Recording::token)) {
            var span = Optional.ofNullable(numbered(all, name).get(channel));
            if (span.isPresent()) {
                return new Told.Known<>(span.get());
            }
        }
        return new Told.Absent<>("no recording is named after the channel");
    }

    /** Channels counted from 1; nothing unless every recording has a number of its own. */
    private static Map<Integer, Span> numbered(
            List<Recording> all, Function<Recording, String> name) {
        var spans = new HashMap<Integer, Span>();
        for (var recording : all) {
            var number = LAST_NUMBER.matcher(name.apply(recording));
            if (!number.matches()
                    || spans.put(Integer.valueOf(number.group(1)), recording.span) != null) {
                return Map.of();
            }
        }
        return spans.containsKey(0) ? shifted(spans) : spans;
    }

    private static Map<Integer, Span> shifted(Map<Integer, Span> fromZero) {
        var fromOne = new HashMap<Integer, Span>();
        fromZero.forEach((number, span) -> fromOne.put(number + 1, span));
        return fromOne;
    }
}
