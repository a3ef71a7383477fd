package org.mingchu.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How addresses and keys of others are written. */
final class Addresses {
    private static final int PORT_MAX = 65_535;
    private static final int MQTT_PORT = 1883;
    private static final int MQTTS_PORT = 8883;

    private static final Set<String> RTSP_SCHEMES = Set.of("rtsp", "rtsps");
    private static final Set<String> HTTP_SCHEMES = Set.of("http", "https");

    private static final Pattern HOST_PORT =
            Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+\\]):(\\d{1,5})");

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");

    /** What Base64 of every X.509 Ed25519 key begins with (RFC 8410 section 4). */
    private static final byte[] ED25519_HEAD = {
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
    };

    private static final int ED25519_BYTES = 44;
    private static final String ED25519 = "ed25519:";

    /** {@code "127.0.0.1:8080"}; an IPv6 host keeps its brackets. */
    static final Form<HostPort> HOST_PORT_FORM =
            Form.words(
                    new HostPort("127.0.0.1", 1),
                    "\"host:port\" such as \"127.0.0.1:8080\", the port 1 to " + PORT_MAX,
                    Addresses::hostPort);

    /** A camera's address; what logs in stands in the secrets file. */
    static final Form<URI> RTSP =
            Form.words(
                    URI.create("rtsp://127.0.0.1/"),
                    "an address such as \"rtsp://192.168.1.60:554/stream2\", without user and"
                            + " password: those go to secrets.toml, under the name in credentials",
                    text -> uri(text, RTSP_SCHEMES).filter(u -> u.getUserInfo() == null));

    /** A page or service of a camera or recorder. */
    static final Form<URI> HTTP =
            Form.words(
                    URI.create("http://127.0.0.1/"),
                    "an address such as \"http://192.168.1.60/onvif/device_service\", without"
                            + " user and password: those go to secrets.toml, under the name in"
                            + " credentials",
                    text -> uri(text, HTTP_SCHEMES).filter(u -> u.getUserInfo() == null));

    /** The streams of a recorder, one address for all channels. */
    static final Form<String> CHANNELS_RTSP =
            channels(
                    "rtsp://127.0.0.1/" + Recorder.CHANNEL,
                    "rtsp://192.168.1.50:554/Streaming/Channels/" + Recorder.CHANNEL + "02",
                    Set.of("rtsp"));

    /** The snapshots of a recorder, one address for all channels. */
    static final Form<String> CHANNELS_HTTP =
            channels(
                    "http://127.0.0.1/" + Recorder.CHANNEL,
                    "http://192.168.1.50/ISAPI/Streaming/channels/"
                            + Recorder.CHANNEL
                            + "01/picture",
                    HTTP_SCHEMES);

    /** What a polled probe answers at. */
    static final Form<URI> COAP =
            Form.words(
                    URI.create("coaps://127.0.0.1/"),
                    "an address such as \"coaps://192.168.1.70/senml\" (coap:// proves no sender)",
                    text ->
                            uri(text, Set.of("coap", "coaps"))
                                    .filter(u -> u.getUserInfo() == null));

    /** A broker. Plain MQTT would show the record and the password to everybody on the way. */
    static final Form<URI> MQTT =
            Form.hinted(
                    URI.create("mqtts://127.0.0.1:" + MQTTS_PORT),
                    "\"mqtts://host:port\" without user, path or query (mqtt:// only where the"
                            + " host is this machine)",
                    Addresses::mqtt,
                    text ->
                            Optional.of("mqtts" + text.substring(Math.max(0, text.indexOf(':'))))
                                    .filter(t -> mqtt(t).isPresent()));

    /**
     * A public key that signs, in Base64 without {@code ed25519:}. A key that was shortened for
     * print passes, for {@link #isShortened} to be asked about.
     */
    static final Form<String> SIGNING_KEY =
            Form.words(
                    "",
                    "\""
                            + ED25519
                            + "\" and the X.509 public key in Base64 ("
                            + ED25519_BYTES
                            + " bytes: openssl pkey -in KEY -pubout -outform DER | base64)",
                    Addresses::signingKey);

    private Addresses() {}

    /** Whether the key is one shortened for print: it verifies nothing. */
    static boolean isShortened(String key) {
        return key.endsWith("…") || key.endsWith("...");
    }

    private static Form<String> channels(String standIn, String example, Set<String> schemes) {
        return Form.words(
                standIn,
                "an address with "
                        + Recorder.CHANNEL
                        + " in it, such as \""
                        + example
                        + "\", without user and password",
                text ->
                        Optional.of(text)
                                .filter(Addresses::hasChannel)
                                .flatMap(t -> uri(t.replace(Recorder.CHANNEL, "1"), schemes))
                                .filter(u -> u.getUserInfo() == null)
                                .map(_ -> text));
    }

    /** In its path or query: a host is the same for all channels. */
    private static boolean hasChannel(String text) {
        var path = text.indexOf('/', text.indexOf("://") + "://".length());
        return path > 0 && text.indexOf(Recorder.CHANNEL) > path;
    }

    private static Optional<HostPort> hostPort(String text) {
        var match = HOST_PORT.matcher(text);
        return match.matches() && isPort(Integer.parseInt(match.group(2)))
                ? Optional.of(new HostPort(match.group(1), Integer.parseInt(match.group(2))))
                : Optional.empty();
    }

    private static Optional<URI> mqtt(String text) {
        return uri(text, Set.of("mqtt", "mqtts"))
                .filter(Addresses::isBare)
                .filter(u -> u.getScheme().equals("mqtts") || isLoopback(u))
                .map(Addresses::withPort);
    }

    private static boolean isLoopback(URI uri) {
        return LOOPBACK.matcher(uri.getHost()).matches();
    }

    private static boolean isBare(URI uri) {
        var path = uri.getRawPath();
        return uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (path == null || path.isEmpty());
    }

    private static URI withPort(URI uri) {
        if (uri.getPort() > 0) {
            return uri;
        }
        var port = uri.getScheme().equals("mqtts") ? MQTTS_PORT : MQTT_PORT;
        return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
    }

    private static Optional<URI> uri(String text, Set<String> schemes) {
        try {
            return Optional.of(new URI(text))
                    .filter(u -> u.getScheme() != null && schemes.contains(u.getScheme()))
                    .filter(u -> u.getHost() != null)
                    .filter(u -> u.getPort() == -1 || isPort(u.getPort()));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= PORT_MAX;
    }

    private static Optional<String> signingKey(String text) {
        return Optional.of(text)
                .filter(t -> t.startsWith(ED25519))
                .map(t -> t.substring(ED25519.length()))
                .filter(k -> isShortened(k) || isKey(k));
    }

    private static boolean isKey(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            return bytes.length == ED25519_BYTES
                    && Arrays.equals(
                            bytes, 0, ED25519_HEAD.length, ED25519_HEAD, 0, ED25519_HEAD.length);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
