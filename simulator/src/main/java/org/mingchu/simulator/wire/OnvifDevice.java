package org.mingchu.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * ONVIF as a recorder speaks it. Refuses a UsernameToken that is more than 20 s off its own clock,
 * and one that it has seen. Any thread.
 */
final class OnvifDevice {
    private static final Duration TOKEN_AGE_MAX = Duration.ofSeconds(20);
    private static final Pattern ACTION = Pattern.compile("<s:Body><(\\w+)");
    private static final Pattern USER = Pattern.compile("<Username>([^<]*)</Username>");
    private static final Pattern PASSWORD = Pattern.compile("<Password[^>]*>([^<]*)</Password>");
    private static final Pattern NONCE = Pattern.compile("<Nonce[^>]*>([^<]*)</Nonce>");
    private static final Pattern CREATED = Pattern.compile("<Created[^>]*>([^<]*)</Created>");
    private static final Pattern PROFILE = Pattern.compile("<ProfileToken>Profile_(\\d+)<");

    private final RecorderState state;
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();

    OnvifDevice(RecorderState state) {
        this.state = state;
    }

    RecorderWeb.Reply reply(RecorderRequest request) {
        var action = find(ACTION, request.body());
        var open =
                action.equals("GetSystemDateAndTime")
                        && state.tongue() != Recorder.Tongue.GUARDED_ONVIF;
        if (!open && !authorised(request.body())) {
            return fault("s:Sender", "ter:NotAuthorized");
        }
        return answer(action, request);
    }

    private RecorderWeb.Reply answer(String action, RecorderRequest request) {
        var host = request.headers().getOrDefault("host", "");
        return switch (action) {
            case "GetSystemDateAndTime" -> body(time());
            case "GetServices" -> body(services(host));
            case "GetProfiles" -> body(profiles());
            case "GetSnapshotUri" -> body(snapshot(host, find(PROFILE, request.body())));
            case "GetRecordingSummary" -> body(summary());
            case "FindRecordings" ->
                    body(
                            "<tse:FindRecordingsResponse><tse:SearchToken>search-1</tse:SearchToken>"
                                    + "</tse:FindRecordingsResponse>");
            case "GetRecordingSearchResults" -> body(results());
            default -> fault("s:Receiver", "ter:ActionNotSupported");
        };
    }

    private boolean authorised(String body) {
        var nonce = find(NONCE, body);
        var created = find(CREATED, body);
        if (nonce.isEmpty() || created.isEmpty() || !nonces.add(nonce)) {
            return false;
        }
        var off = Duration.between(Instant.parse(created), state.now()).abs();
        return off.compareTo(TOKEN_AGE_MAX) <= 0
                && find(USER, body).equals(state.login().user())
                && find(PASSWORD, body).equals(digest(nonce, created, state.login().password()));
    }

    private static String digest(String nonce, String created, String password) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(Base64.getDecoder().decode(nonce));
            sha1.update((created + password).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }

    private String time() {
        var now = ZonedDateTime.ofInstant(state.now(), ZoneOffset.UTC);
        return ("<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>"
                        + "<tt:DateTimeType>NTP</tt:DateTimeType>"
                        + "<tt:DaylightSavings>false</tt:DaylightSavings>"
                        + "<tt:TimeZone><tt:TZ>CST-8</tt:TZ></tt:TimeZone><tt:UTCDateTime>"
                        + "<tt:Time><tt:Hour>%d</tt:Hour><tt:Minute>%d</tt:Minute>"
                        + "<tt:Second>%d</tt:Second></tt:Time><tt:Date><tt:Year>%d</tt:Year>"
                        + "<tt:Month>%d</tt:Month><tt:Day>%d</tt:Day></tt:Date></tt:UTCDateTime>"
                        + "</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>")
                .formatted(
                        now.getHour(),
                        now.getMinute(),
                        now.getSecond(),
                        now.getYear(),
                        now.getMonthValue(),
                        now.getDayOfMonth());
    }

    private static String services(String host) {
        return "<tds:GetServicesResponse>"
                + service("http://www.onvif.org/ver10/device/wsdl", host, "device_service")
                + service("http://www.onvif.org/ver10/media/wsdl", host, "media_service")
                + service("http://www.onvif.org/ver10/search/wsdl", host, "search_service")
                + "</tds:GetServicesResponse>";
    }

    private static String service(String namespace, String host, String path) {
        return ("<tds:Service><tds:Namespace>%s</tds:Namespace>"
                        + "<tds:XAddr>http://%s/onvif/%s</tds:XAddr></tds:Service>")
                .formatted(namespace, host, path);
    }

    private String profiles() {
        var profiles = new StringBuilder("<trt:GetProfilesResponse>");
        for (int channel = 1; channel <= state.count(); channel++) {
            profiles.append(
                    ("<trt:Profiles token=\"Profile_%d\"><tt:VideoSourceConfiguration>"
                                    + "<tt:SourceToken>VideoSource_%d</tt:SourceToken>"
                                    + "</tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration>"
                                    + "<tt:Resolution><tt:Width>640</tt:Width>"
                                    + "<tt:Height>360</tt:Height></tt:Resolution>"
                                    + "</tt:VideoEncoderConfiguration></trt:Profiles>")
                            .formatted(channel, channel));
        }
        return profiles + "</trt:GetProfilesResponse>";
    }

    /** The last channel names a host that is not its own: a rogue, or a wrong configuration. */
    private String snapshot(String host, String channel) {
        var named = channel.equals(Integer.toString(state.count())) ? "198.51.100.1" : host;
        var truth =
                "http://%s/ISAPI/Streaming/channels/%s01/picture?a=1&b=2".formatted(named, channel);
        return "<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>"
                + state.snapshotAt().orElse(truth).replace("&", "&amp;").replace("<", "&lt;")
                + "</tt:Uri></trt:MediaUri></trt:GetSnapshotUriResponse>";
    }

    private String summary() {
        var oldest = Duration.ZERO;
        var newest = Duration.ofDays(10_000);
        for (int number = 1; number <= state.count(); number++) {
            var channel = state.channel(number);
            oldest = channel.oldest().compareTo(oldest) > 0 ? channel.oldest() : oldest;
            newest = channel.newest().compareTo(newest) < 0 ? channel.newest() : newest;
        }
        return ("<tse:GetRecordingSummaryResponse><tse:Summary><tt:DataFrom>%s</tt:DataFrom>"
                        + "<tt:DataUntil>%s</tt:DataUntil>"
                        + "<tt:NumberRecordings>%d</tt:NumberRecordings>"
                        + "</tse:Summary></tse:GetRecordingSummaryResponse>")
                .formatted(utc(oldest), utc(newest), state.count());
    }

    private String results() {
        var results =
                new StringBuilder(
                        "<tse:GetRecordingSearchResultsResponse><tse:ResultList>"
                                + "<tt:SearchState>Completed</tt:SearchState>");
        for (int number = 1; number <= state.count(); number++) {
            var channel = state.channel(number);
            results.append(
                    ("<tt:RecordingInformation><tt:RecordingToken>Recording_%03d</tt:RecordingToken>"
                                    + "<tt:Source><tt:SourceId>VideoSource_%d</tt:SourceId>"
                                    + "<tt:Name>kitchen</tt:Name></tt:Source>"
                                    + "<tt:EarliestRecording>%s</tt:EarliestRecording>"
                                    + "<tt:LatestRecording>%s</tt:LatestRecording>"
                                    + "</tt:RecordingInformation>")
                            .formatted(
                                    number - 1,
                                    number,
                                    utc(channel.oldest()),
                                    utc(channel.newest())));
        }
        return results + "</tse:ResultList></tse:GetRecordingSearchResultsResponse>";
    }

    private String utc(Duration ago) {
        return Instant.ofEpochSecond(state.now().minus(ago).getEpochSecond()).toString();
    }

    private static RecorderWeb.Reply body(String inside) {
        return RecorderWeb.Reply.xml(envelope(inside));
    }

    private static RecorderWeb.Reply fault(String code, String subcode) {
        var body =
                envelope(
                        ("<s:Fault><s:Code><s:Value>%s</s:Value><s:Subcode><s:Value>%s</s:Value>"
                                        + "</s:Subcode></s:Code></s:Fault>")
                                .formatted(code, subcode));
        return new RecorderWeb.Reply(
                "400 Bad Request", "application/soap+xml", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String envelope(String inside) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope"
                + " xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\""
                + " xmlns:trt=\"http://www.onvif.org/ver10/media/wsdl\""
                + " xmlns:tse=\"http://www.onvif.org/ver10/search/wsdl\""
                + " xmlns:tt=\"http://www.onvif.org/ver10/schema\""
                + " xmlns:ter=\"http://www.onvif.org/ver10/error\"><s:Body>"
                + inside
                + "</s:Body></s:Envelope>";
    }

    private static String find(Pattern pattern, String text) {
        var match = pattern.matcher(text);
        return match.find() ? match.group(1) : "";
    }
}
