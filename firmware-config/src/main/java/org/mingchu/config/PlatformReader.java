package org.mingchu.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the supervision platforms. */
final class PlatformReader {
    /** Most platforms of one site; each has a connection, a window and delivery state. */
    private static final int PLATFORMS_MAX = 8;

    private static final String NATIVE = "native";
    private static final Form<String> ENCODER = Form.oneOf(List.of(NATIVE), word -> word);
    private static final Form<View> VIEW = Form.oneOf(List.of(View.values()), View::word);

    private PlatformReader() {}

    static List<Platform> platforms(Table root) {
        if (!root.has("platform")) {
            root.problems()
                    .absent(
                            "platform",
                            "[[platform]]: without one the record stays on this machine");
        }
        var taken = new HashSet<String>();
        return root.tables("platform", PLATFORMS_MAX).stream()
                .map(table -> platform(table, taken))
                .toList();
    }

    private static Platform platform(Table table, Set<String> taken) {
        var id = table.need("id", Form.ID);
        if (!id.isEmpty() && !taken.add(id)) {
            table.problems().error(table.spot("id"), "an id of its own among the platforms");
        }
        var url = table.need("url", Addresses.MQTT);
        var credentials = table.may("credentials", Form.ID);
        if (!table.has("credentials") && !table.problems().isDamaged()) {
            table.problems()
                    .warning(
                            table.spot("credentials"),
                            "a name in secrets.toml: without it the broker must let anybody in");
        }
        var encoder = table.may("encoder", ENCODER).orElse(NATIVE);
        var view = table.may("view", VIEW).orElse(View.FULL);
        if (view == View.AGGREGATES) {
            table.problems().later(table.spot("view"), "this platform receives nothing");
        }
        var acknowledges = table.may("acknowledges", Form.YES_NO).orElse(false);
        var commandKey = table.may("command_key", Addresses.SIGNING_KEY);
        commandKey
                .filter(Addresses::isShortened)
                .ifPresent(_ ->
                        table.problems()
                                .warning(
                                        table.spot("command_key"),
                                        "the whole key: this one is shortened for print,"
                                                + " so every command and every"
                                                + " acknowledgement of a P1 will be"
                                                + " refused"));
        var witnessKey = table.may("witness_key", VerifierKey.COSIGNER);
        table.end();
        return new Platform(
                id, url, credentials, encoder, view, acknowledges, commandKey, witnessKey);
    }
}
