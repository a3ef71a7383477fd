package org.mingchu.simulator.wire;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hikvision's ISAPI, as far as time, disks and recordings go. Like most of them it writes {@code Z}
 * behind its local time in a search. Any thread.
 */
final class RecorderIsapi {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String XMLNS = "xmlns=\"http://www.hikvision.com/ver20/XMLSchema\"";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);

    private static final Pattern TRACK = Pattern.compile("<trackID>([0-9]{1,3})01</trackID>");
    private static final Pattern FROM = Pattern.compile("<startTime>([^<]*)</startTime>");
    private static final Pattern UNTIL = Pattern.compile("<endTime>([^<]*)</endTime>");

    private final RecorderState state;

    RecorderIsapi(RecorderState state) {
        this.state = state;
    }

    Optional<RecorderWeb.Reply> reply(RecorderRequest request) {
        return switch (request.path()) {
            case "/ISAPI/System/time" -> Optional.of(RecorderWeb.Reply.xml(time()));
            case "/ISAPI/ContentMgmt/Storage" -> Optional.of(RecorderWeb.Reply.xml(storage()));
            case "/ISAPI/ContentMgmt/search" -> Optional.of(search(request.body()));
            default -> Optional.empty();
        };
    }

    private String time() {
        return HEAD
                + "<Time version=\"2.0\" "
                + XMLNS
                + "><timeMode>NTP</timeMode><localTime>"
                + state.local(Duration.ZERO)
                + "+08:00</localTime><timeZone>CST-8:00:00</timeZone></Time>";
    }

    private String storage() {
        var disk =
                switch (state.disk()) {
                    case GOOD -> disk("ok", 224_256, "RW");
                    case NO_SPACE -> disk("ok", 0, "RW");
                    case FULL -> disk("full", 0, "RW");
                    case ERROR -> disk("error", 0, "RW");
                    case UNFORMATTED -> disk("unformatted", 0, "RW");
                    case READ_ONLY -> disk("ok", 224_256, "RO");
                    case MISSING -> "";
                };
        return HEAD
                + "<storage version=\"2.0\" "
                + XMLNS
                + "><hddList>"
                + disk
                + "</hddList><nasList></nasList><workMode>quota</workMode></storage>";
    }

    private static String disk(String status, int freeMb, String property) {
        return ("<hdd><id>1</id><hddName>hdd1</hddName><hddType>SATA</hddType><status>%s</status>"
                        + "<capacity>1907729</capacity><freeSpace>%d</freeSpace>"
                        + "<property>%s</property></hdd>")
                .formatted(status, freeMb, property);
    }

    private RecorderWeb.Reply search(String body) {
        var track = TRACK.matcher(body);
        var from = FROM.matcher(body);
        var until = UNTIL.matcher(body);
        if (!track.find() || !from.find() || !until.find()) {
            return RecorderWeb.Reply.none("400 Bad Request");
        }
        return found(
                Integer.parseInt(track.group(1)),
                LocalDateTime.parse(from.group(1), DATE),
                LocalDateTime.parse(until.group(1), DATE));
    }

    /** One recording of each hour; the answer names the first that lies in the time asked for. */
    private RecorderWeb.Reply found(int number, LocalDateTime from, LocalDateTime until) {
        if (!state.has(number)) {
            return RecorderWeb.Reply.none("400 Bad Request");
        }
        var channel = state.channel(number);
        var now = LocalDateTime.ofInstant(state.now(), RecorderState.ZONE);
        var oldest = now.minus(channel.oldest());
        var newest = now.minus(channel.newest());
        var first = oldest.isAfter(from) ? oldest : from;
        var last = first.plusHours(1).isBefore(newest) ? first.plusHours(1) : newest;
        return first.isBefore(newest) && first.isBefore(until)
                ? RecorderWeb.Reply.xml(match(number, first, last))
                : RecorderWeb.Reply.xml(result("NO MATCHES", 0, ""));
    }

    private static String match(int number, LocalDateTime first, LocalDateTime last) {
        return result(
                "MORE",
                1,
                ("<searchMatchItem><trackID>%d01</trackID><timeSpan><startTime>%s</startTime>"
                                + "<endTime>%s</endTime></timeSpan></searchMatchItem>")
                        .formatted(number, DATE.format(first), DATE.format(last)));
    }

    private static String result(String status, int matches, String items) {
        return HEAD
                + "<CMSearchResult version=\"2.0\" "
                + XMLNS
                + "><responseStatus>true</responseStatus><responseStatusStrg>"
                + status
                + "</responseStatusStrg><numOfMatches>"
                + matches
                + "</numOfMatches><matchList>"
                + items
                + "</matchList></CMSearchResult>";
    }
}
