package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class InquiryTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void each_answer_is_of_now() {
        var asked = new AtomicInteger();
        var inquiry = new Inquiry<>("count", asked::incrementAndGet, LONG);
        assertThat(inquiry.now()).contains(1);
        assertThat(inquiry.now()).contains(2);
    }

    @Test
    void what_hangs_is_left_behind_and_not_asked_again_until_it_is_back() {
        var open = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var inquiry =
                new Inquiry<>(
                        "hangs",
                        () -> {
                            await(open);
                            return asked.incrementAndGet();
                        },
                        Duration.ofMillis(20));
        for (var i = 0; i < 3; i++) {
            assertThat(inquiry.now()).isEmpty();
        }
        assertThat(asked).hasValue(0);
        open.countDown();
        while (inquiry.now().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(asked.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void a_mistake_reaches_whoever_asked() {
        var inquiry =
                new Inquiry<String>(
                        "fails",
                        () -> {
                            throw new IllegalArgumentException("no such folder");
                        },
                        LONG);
        assertThatThrownBy(inquiry::now)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such folder");
    }

    private static void await(CountDownLatch open) {
        try {
            open.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
