package org.mingchu.gateway.screen;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at a page as it stands: axe-core's rules, and what it has none for. */
final class Look {
    /** Of what carries a measured value; the finger's rules, in CSS pixels. */
    private static final String VALUES =
            "unit-tile .digits, unit-tile .sign, alarm-banner .facts, .unit b, .now li b,"
                    + " correct-panel .typed";

    private static final double CONTRAST = 7.0;
    private static final int TARGET = 48;
    private static final int ACKNOWLEDGE = 64;

    /** 20 mm on the kitchen's panel, where gloves are worn. */
    static final int GLOVE = (int) Math.round(20 * Panel.PIXELS_A_MM);

    /** The two touches of an acknowledgement. */
    static final String ACKNOWLEDGES = "alarm-banner .take, name-tiles .tile";

    /** Nobody looks for a digit, a choice or a name below the edge of the kitchen's panel. */
    private static final String IN_SIGHT =
            "alarm-banner .take, name-tiles .tile, pin-pad .key, correct-panel :is(.tile, .key,"
                    + " .done, .skip, .save), trend-view .span";

    private static final String AXE = text("/axe.min.js");
    private static final String LOOK = text("/org/mingchu/gateway/screen/look.js");

    /** WCAG 2.2 AA and what axe-core holds for good practice. */
    private static final String RUN_AXE =
            """
            async () => {
              const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
              const { violations } = await axe.run(document, {
                runOnly: { type: "tag", values: tags },
                resultTypes: ["violations"],
              });
              return violations.flatMap((one) =>
                one.nodes.map((node) => `axe ${one.id}: ${node.target.join(" ")}: ${
                  node.failureSummary.split("\\n").slice(1, 2).join("").trim()}`));
            }
            """;

    private Look() {}

    /** Every fault of the page as it stands. */
    static List<String> at(Page page) {
        var faults = new ArrayList<>(unaided(page));
        faults.addAll(axe(page));
        return faults;
    }

    /** What a ruler finds. */
    static List<String> unaided(Page page) {
        var kitchen = page.viewportSize();
        var panel = kitchen.width == Panel.KITCHEN.width && kitchen.height == Panel.KITCHEN.height;
        return lines(
                page.evaluate(
                        LOOK,
                        Map.of(
                                "values", VALUES,
                                "contrast", CONTRAST,
                                "target", TARGET,
                                "acknowledges", ACKNOWLEDGES,
                                "acknowledge", panel ? GLOVE : ACKNOWLEDGE,
                                "inSight", panel ? IN_SIGHT : "")));
    }

    /** What axe-core finds. */
    static List<String> axe(Page page) {
        if (!Boolean.TRUE.equals(page.evaluate("typeof axe === 'object'"))) {
            // As the tester's own script, which no policy of the page forbids.
            page.evaluate(AXE + "; undefined");
        }
        return lines(page.evaluate(RUN_AXE));
    }

    private static List<String> lines(Object answer) {
        return ((List<?>) answer).stream().map(String::valueOf).toList();
    }

    private static String text(String resource) {
        try (var in = Optional.ofNullable(Look.class.getResourceAsStream(resource)).orElseThrow()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
