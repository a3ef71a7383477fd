package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.Stream;

/** Couriers on their own threads. */
final class CourierThreadTest {
    @Test
    void three_brokers_that_hang_are_left_in_the_time_of_one() {
        var threads =
                Stream.generate(CourierThreadTest::atABrokerThatHangs)
                        .limit(3)
                        .map(courier -> CourierThread.start(courier, () -> Kitchen.at(upMs())))
                        .toList();

        var begun = System.nanoTime();
        CourierThread.closeAll(threads);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Courier.FAREWELL.minusMillis(100), Courier.FAREWELL.plusSeconds(2));
    }

    /** Connected, and nothing is answered from here on. */
    private static Courier atABrokerThatHangs() {
        var post = Post.acknowledging().settle();
        return post.courier;
    }

    private static long upMs() {
        return System.nanoTime() / 1_000_000 - BEGUN_MS;
    }

    private static final long BEGUN_MS = System.nanoTime() / 1_000_000;
}
