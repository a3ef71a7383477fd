package org.mingchu.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.AccessEvent;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.shipped.Eventually;
import org.mingchu.gateway.shipped.Program;
import org.mingchu.simulator.platform.Lane;
import org.mingchu.simulator.wire.Level;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All PINs are lost: the button, the label, and what becomes of it. */
@ExtendWith(Screens.class)
final class LostPinsScreen {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NEW_PIN = "271828";

    @TempDir private Path folder;

    @Test
    void whoever_holds_the_button_at_the_start_and_has_the_label_resets_the_manager_s_pin(
            Browser browser) {
        try (var stage = Stage.built(folder)) {
            stage.tree().input(Props.BUTTON, Level.LOW);
            stage.start();
            Eventually.within(
                    SOON,
                    "it has answered the button",
                    () -> stage.program().lines(),
                    () -> logged(stage, "event=pin-reset-open"));
            stage.tree().input(Props.BUTTON, Level.HIGH);
            var code = label(stage);
            try (var panel = Panel.kitchen(browser, stage)) {
                panel.tap("重设密码");
                code.chars().filter(Character::isDigit).forEach(d -> press(panel, d));
                NEW_PIN.chars().forEach(d -> press(panel, d));
                NEW_PIN.chars().forEach(d -> press(panel, d));
                panel.seesNo("new-pin");
                panel.seesNo("top-line .new-pin");

                // Nobody else's was touched, and the new one opens.
                panel.tap("登录");
                panel.tap(Who.MANAGER);
                NEW_PIN.chars()
                        .forEach(
                                d -> panel.tap(panel.at("pin-pad .key", String.valueOf((char) d))));
                panel.sees("top-line .sign", Who.MANAGER.label);
                assertThat(panel.faults()).isEmpty();
            }
            Eventually.within(
                    SOON,
                    "the platform has heard of it",
                    stage.platform()::view,
                    () ->
                            stage.platform().entries(Lane.ALARM).stream()
                                    .anyMatch(entry -> entry.kind().equals("access")));
            assertThat(stage.platform().violations()).isEmpty();
            assertThat(stage.record().stream().map(Entry::fact))
                    .contains(new Fact.Access(AccessEvent.PIN_RESET, Optional.of(Who.MANAGER.id)));
        }
    }

    private static boolean logged(Stage stage, String event) {
        return stage.program().lines().stream().anyMatch(line -> line.contains(event));
    }

    private static void press(Panel panel, int digit) {
        panel.tap(panel.at("new-pin .key", String.valueOf((char) digit)));
    }

    private static String label(Stage stage) {
        var label =
                Program.run(
                        List.of(
                                Stage.PROGRAM.toAbsolutePath().toString(),
                                "person",
                                "--state",
                                stage.state().toString(),
                                "label"));
        assertThat(label.code()).as(label.text()).isZero();
        return label.text().strip();
    }
}
