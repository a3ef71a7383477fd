package org.mingchu.config.draft;

import org.mingchu.config.SiteKind;

import java.util.Optional;

/**
 * The few things a first site file is made from: what no default can know. Its units and sensors
 * are named where they hang. Immutable.
 *
 * @param id of the kitchen, part of every message
 * @param area the supervising district
 * @param gateway within the kitchen
 * @param name of the kitchen, for people
 * @param zone a time zone's name
 * @param language {@code zh-CN} or {@code en}
 * @param rules the rule pack's name
 * @param page where the kitchen's page listens, as {@code 127.0.0.1:8080}
 * @param platform where messages go, as {@code mqtts://host:8883}
 */
public record FirstSite(
        String id,
        String area,
        String gateway,
        String name,
        SiteKind kind,
        String zone,
        String language,
        String rules,
        String page,
        Optional<String> platform) {
    private static final String FULL =
            """
            [annunciator]                      # BCM numbers; delete what is not fitted
            buzzer = "gpio:22"
            red    = "gpio:23"
            amber  = "gpio:24"
            green  = "gpio:25"                 # blinks slowly while somebody watches
            button = "gpio:5"                  # silences for at most 10 minutes

            """;

    private static final String MINI =
            """
            [annunciator]                      # BCM numbers; one lamp and one button
            red    = "gpio:23"
            button = "gpio:5"

            """;

    private static final String NOWHERE =
            """
            # [[platform]]                     # nobody outside is told until one is named
            # id           = "platform"
            # url          = "mqtts://supervision.example:8883"
            # acknowledges = true

            """;

    private static final String UNITS =
            """
            # ---- equipment: mingchu sensors discover shows what hangs on the board, mingchu sensors name writes it below
            """;

    /** The whole file, with a word on each thing that somebody may want to change. */
    public String text() {
        return head()
                + (kind == SiteKind.MINI ? MINI : FULL)
                + console()
                + platform.map(FirstSite::platform).orElse(NOWHERE)
                + UNITS;
    }

    private String head() {
        return """
        # Everything that is installed in this kitchen. After each change: mingchu config check THIS-FILE
        schema = 1

        [site]
        id        = %s
        area      = %s
        gateway   = %s
        name      = %s
        kind      = %s
        time_zone = %s
        language  = %s
        rules     = %s

        """
                .formatted(
                        Toml.quoted(id),
                        Toml.quoted(area),
                        Toml.quoted(gateway),
                        Toml.quoted(name),
                        Toml.quoted(kind.word()),
                        Toml.quoted(zone),
                        Toml.quoted(language),
                        Toml.quoted(rules));
    }

    private String console() {
        var face =
                kind == SiteKind.MINI
                        ? "face   = \"simple\"                  # three pictures and two buttons\n"
                        : "";
        return """
        [console]                          # the kitchen's page; the address of the LAN here opens it to tablets
        listen = %s
        """
                        .formatted(Toml.quoted(page))
                + face
                + "\n";
    }

    private static String platform(String url) {
        return """
        [[platform]]
        id           = "platform"
        url          = %s
        acknowledges = true
        # credentials = "platform"         # a name in secrets.toml beside this file (mode 0600), once you have them

        """
                .formatted(Toml.quoted(url));
    }
}
