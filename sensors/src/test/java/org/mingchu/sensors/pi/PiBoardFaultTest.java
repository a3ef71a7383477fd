package org.mingchu.sensors.pi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.pi4j.context.Context;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;

import org.junit.jupiter.api.Test;

/** Pins that fail in the middle of life, which Pi4J's own mock cannot play. */
final class PiBoardFaultTest {
    private final Context context = mock(Context.class, RETURNS_DEEP_STUBS);
    private final PiBoard board = new PiBoard(() -> context);

    @Test
    void a_pin_that_fails_once_is_set_again_at_the_next_call() {
        var pin = mock(DigitalOutput.class);
        when(context.create(any(DigitalOutputConfig.class))).thenReturn(pin);
        doThrow(new IOException("line gone")).doReturn(pin).when(pin).setState(true);
        var buzzer = board.output(22);

        assertThatCode(() -> buzzer.set(true)).doesNotThrowAnyException();
        buzzer.set(true);

        verify(pin, times(2)).setState(true);
    }

    @Test
    void an_input_that_cannot_be_read_names_its_pin_and_the_remedy() {
        var pin = mock(DigitalInput.class);
        when(context.create(any(DigitalInputConfig.class))).thenReturn(pin);
        when(pin.isHigh()).thenThrow(new IOException("line gone"));
        var door = board.input(17, _ -> {});

        assertThatExceptionOfType(Board.BoardException.class)
                .isThrownBy(door::high)
                .withMessageContaining("gpio:17")
                .withMessageContaining("line gone")
                .withMessageContaining("gpioinfo");
    }

    @Test
    void closing_is_quiet_when_the_context_fails_to_shut_down() {
        when(context.create(any(DigitalOutputConfig.class))).thenReturn(mock(DigitalOutput.class));
        when(context.shutdown()).thenThrow(new IllegalStateException("already gone"));
        board.output(22);

        assertThatCode(board::close).doesNotThrowAnyException();
        verify(context).shutdown();
    }
}
