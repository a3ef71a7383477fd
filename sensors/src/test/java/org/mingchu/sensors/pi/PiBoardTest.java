package org.mingchu.sensors.pi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pi4J's own runtime with its mock pins. */
final class PiBoardTest {
    private final Context context =
            Pi4J.newContextBuilder()
                    .noAutoDetect()
                    .disableShutdownHook()
                    .add(
                            MockDigitalInputProvider.newInstance(),
                            MockDigitalOutputProvider.newInstance())
                    .build();

    private final PiBoard board = new PiBoard(() -> context);

    @AfterEach
    void closeBoard() {
        board.close();
    }

    @Test
    void an_input_has_a_pull_up_and_a_debounce_that_outlasts_a_reed_contact() {
        board.input(17, _ -> {});

        var config = context.<DigitalInput>getIO("in-17").config();
        assertThat(config.address()).isEqualTo(17);
        assertThat(config.pull()).isEqualTo(PullResistance.PULL_UP);
        assertThat(config.debounce()).isEqualTo(30_000);
    }

    @Test
    void an_input_tells_its_level_and_each_change() {
        List<Boolean> changes = new ArrayList<>();
        var input = board.input(17, changes::add);
        var pin = context.<MockDigitalInput>getIO("in-17");

        pin.mockState(DigitalState.HIGH);
        assertThat(input.high()).isTrue();
        pin.mockState(DigitalState.LOW);
        assertThat(input.high()).isFalse();

        assertThat(changes).containsExactly(true, false);
    }

    @Test
    void an_output_is_low_at_first_follows_and_is_low_after_the_end() {
        var buzzer = board.output(22);
        var pin = context.<DigitalOutput>getIO("out-22");
        assertThat(pin.state()).isEqualTo(DigitalState.LOW);

        buzzer.set(true);
        assertThat(pin.state()).isEqualTo(DigitalState.HIGH);

        board.close();
        assertThat(pin.state()).isEqualTo(DigitalState.LOW);
        assertThat(context.isShutdown()).isTrue();
    }

    @Test
    void a_pin_that_is_taken_is_told_with_its_number_and_the_remedy() {
        board.output(22);

        assertThatExceptionOfType(Board.BoardException.class)
                .isThrownBy(() -> board.output(22))
                .withMessageContaining("gpio:22")
                .withMessageContaining("gpioinfo");
    }

    @Test
    void a_board_that_is_not_there_at_first_is_tried_again_at_the_next_pin() {
        var attempts = new ArrayList<Integer>();
        var late =
                new PiBoard(() -> {
                    attempts.add(attempts.size());
                    if (attempts.size() == 1) {
                        throw new IllegalStateException("no chip yet");
                    }
                    return context;
                });

        assertThatExceptionOfType(Board.BoardException.class)
                .isThrownBy(() -> late.output(23))
                .withMessageContaining("no chip yet");
        late.output(23).set(true);

        assertThat(context.<DigitalOutput>getIO("out-23").isHigh()).isTrue();
    }

    @Test
    void a_closed_board_gives_no_pins_and_moves_none() {
        var buzzer = board.output(23);
        var door = board.input(17, _ -> {});
        var pin = context.<DigitalOutput>getIO("out-23");
        board.close();

        buzzer.set(true);

        assertThat(pin.state()).isEqualTo(DigitalState.LOW);
        assertThatExceptionOfType(Board.BoardException.class).isThrownBy(door::high);
        assertThatIllegalStateException().isThrownBy(() -> board.output(22));
    }

    @Test
    @DisabledIf("onPi")
    void on_a_machine_without_a_header_the_real_provider_says_so_and_does_not_crash() {
        try (var real = new PiBoard()) {
            assertThatExceptionOfType(Board.BoardException.class)
                    .isThrownBy(() -> real.output(22))
                    .withMessageContaining("gpio:22")
                    .withMessageContaining("is this a Raspberry Pi");
        }
    }

    static boolean onPi() {
        return Files.exists(Path.of("/proc/device-tree/model"));
    }
}
