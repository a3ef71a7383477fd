package org.mingchu.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mingchu.config.Quantity;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Rounds under a clock that stands until the test moves it. */
final class SamplerTest {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final long DEADLINE_MS = 5_000;

    private final HandClock clock = new HandClock();
    private final BlockingQueue<List<Reading>> rounds = new LinkedBlockingQueue<>();
    private Sampler sampler = new Sampler(List.of(), clock, rounds::add);

    @AfterEach
    void closeSampler() {
        sampler.close();
    }

    @Test
    void the_first_round_comes_at_once_and_in_the_order_of_the_site_file() {
        start(new Beat(PERIOD, Beat.On.FILES, List.of(quick("b"), quick("a"), quick("c"))));

        assertThat(round()).extracting(Reading::subject).containsExactly("b", "a", "c");
    }

    @Test
    void the_next_round_comes_at_the_next_boundary_and_not_before() {
        var sensor = quick("a");
        start(new Beat(PERIOD, Beat.On.FILES, List.of(sensor)));
        round();

        clock.add(9_999);
        assertThat(noRound()).isTrue();
        assertThat(sensor.asked).hasValue(1);

        clock.add(1);
        assertThat(round()).hasSize(1);
        assertThat(sensor.asked).hasValue(2);
    }

    @Test
    void boundaries_that_passed_unseen_are_left_out_and_the_beat_stays_on_its_grid() {
        start(new Beat(PERIOD, Beat.On.FILES, List.of(quick("a"))));
        round();

        clock.add(34_000);
        round();
        assertThat(noRound()).isTrue();

        clock.add(5_999);
        assertThat(noRound()).isTrue();
        clock.add(1);
        round();
    }

    @Test
    void a_sensor_that_does_not_answer_is_silent_at_the_deadline_and_keeps_nobody_longer() {
        var hung = new Gated("hung");
        var quick = quick("a");
        start(new Beat(PERIOD, Beat.On.FILES, List.of(hung, quick)));
        hung.awaitAsked();
        quick.awaitAnswered();

        clock.add(DEADLINE_MS - 1);
        assertThat(noRound()).isTrue();
        clock.add(1);

        var round = round();
        assertThat(round.getFirst())
                .isEqualTo(new Reading.Silent("hung", Fault.SILENT, "no answer for 5000 ms"));
        assertThat(round.get(1)).isInstanceOf(Reading.Measured.class);
    }

    @Test
    void a_value_is_as_old_as_the_time_from_its_reading_to_the_close_of_its_round() {
        var hung = new Gated("hung");
        var quick = quick("a");
        start(new Beat(PERIOD, Beat.On.FILES, List.of(hung, quick)));
        hung.awaitAsked();
        quick.awaitAnswered();

        clock.add(DEADLINE_MS);

        assertThat(measured(round().get(1)).ageNs()).isEqualTo(ns(DEADLINE_MS));
    }

    @Test
    void a_hung_read_is_left_behind_asked_no_second_time_and_waited_for_no_more() {
        var hung = new Gated("hung");
        var quick = quick("a");
        start(new Beat(PERIOD, Beat.On.FILES, List.of(hung, quick)));
        hung.awaitAsked();
        quick.awaitAnswered();
        clock.add(DEADLINE_MS);
        round();

        clock.add(5_000);
        for (int later = 1; later <= 3; later++) {
            var round = round();
            assertThat(round.getFirst())
                    .isEqualTo(
                            new Reading.Silent(
                                    "hung",
                                    Fault.SILENT,
                                    "no answer for " + later * 10_000 + " ms"));
            assertThat(measured(round.get(1)).ageNs()).isZero();
            clock.add(10_000);
        }
        assertThat(hung.asked).hasValue(1);
    }

    @Test
    void an_answer_that_missed_its_round_comes_in_the_next_one_marked_late_with_its_age() {
        var slow = new Gated("slow");
        start(new Beat(PERIOD, Beat.On.FILES, List.of(slow)));
        slow.awaitAsked();
        clock.add(DEADLINE_MS);
        round();
        clock.add(1_000);
        slow.answer();
        slow.awaitAnswered();

        clock.add(4_000);
        slow.awaitAsked();
        clock.add(DEADLINE_MS);

        var late = measured(round().getFirst());
        assertThat(late.flags()).containsExactly(Flag.LATE);
        assertThat(late.ageNs()).isEqualTo(ns(9_000));
    }

    @Test
    void a_fresh_answer_replaces_the_one_that_came_too_late() {
        var slow = new Gated("slow");
        start(new Beat(PERIOD, Beat.On.FILES, List.of(slow)));
        slow.awaitAsked();
        clock.add(DEADLINE_MS);
        round();
        slow.answer();
        slow.awaitAnswered();
        slow.answer();

        clock.add(5_000);

        var fresh = measured(round().getFirst());
        assertThat(fresh.flags()).isEmpty();
        assertThat(fresh.ageNs()).isZero();
    }

    @Test
    void each_beat_keeps_its_own_period_and_a_hung_camera_holds_up_no_temperature() {
        var camera = new Gated("camera");
        var quick = quick("a");
        start(
                new Beat(Duration.ofSeconds(2), Beat.On.FILES, List.of(quick)),
                new Beat(Duration.ofSeconds(6), Beat.On.SOCKETS, List.of(camera)));
        camera.awaitAsked();
        assertThat(round()).extracting(Reading::subject).containsExactly("a");

        clock.add(2_000);
        assertThat(round()).extracting(Reading::subject).containsExactly("a");
        clock.add(1_000);
        assertThat(round()).extracting(Reading::subject).containsExactly("camera");
        clock.add(1_000);
        assertThat(round()).extracting(Reading::subject).containsExactly("a");
        assertThat(camera.onVirtualThread).isTrue();
        assertThat(quick.onVirtualThread).isFalse();
    }

    @Test
    void a_change_comes_at_once_as_a_round_of_its_own() {
        var door = new Door();
        start(new Beat(PERIOD, Beat.On.FILES, List.of(quick("a"), door)));
        round();

        door.told(value("door", 1000));

        assertThat(round()).containsExactly(value("door", 1000));
        assertThat(noRound()).isTrue();
    }

    @Test
    void a_loose_contact_gives_at_most_one_extra_round_a_second_and_the_last_word_counts() {
        var door = new Door();
        start(new Beat(PERIOD, Beat.On.FILES, List.of(door)));
        round();

        door.told(value("door", 1000));
        round();
        for (int bounce = 0; bounce < 50; bounce++) {
            door.told(value("door", bounce % 2 == 0 ? 0 : 1000));
        }
        assertThat(noRound()).isTrue();
        clock.add(1_000);

        var last = measured(round().getFirst());
        assertThat(last.milli()).isEqualTo(1000);
        assertThat(last.ageNs()).isEqualTo(ns(1_000));
        assertThat(noRound()).isTrue();
    }

    @Test
    void a_driver_that_throws_is_silent_by_its_own_fault_and_is_asked_again() {
        var broken =
                new Answering("broken") {
                    @Override
                    Reading answerNow() {
                        if (asked.get() == 1) {
                            throw new IllegalStateException("bug");
                        }
                        return value("broken", 1);
                    }
                };
        start(new Beat(PERIOD, Beat.On.FILES, List.of(broken)));

        assertThat(round())
                .containsExactly(
                        new Reading.Silent(
                                "broken", Fault.BUS, "driver failed: IllegalStateException"));
        clock.add(10_000);
        assertThat(round()).containsExactly(value("broken", 1));
    }

    @Test
    void a_listener_that_throws_ends_no_sampling() {
        var heard = new AtomicInteger();
        var beat = new Beat(PERIOD, Beat.On.FILES, List.of(quick("a")));
        Consumer<List<Reading>> listener =
                round -> {
                    rounds.add(round);
                    if (heard.incrementAndGet() == 1) {
                        throw new IllegalStateException("bug");
                    }
                };
        sampler = new Sampler(List.of(beat), clock, listener, HandClock::await);
        sampler.start();
        round();

        clock.add(10_000);

        assertThat(round()).hasSize(1);
    }

    @Test
    void closing_ends_the_rounds_although_a_read_hangs() throws InterruptedException {
        var hung = new Gated("hung");
        start(new Beat(PERIOD, Beat.On.FILES, List.of(hung, quick("a"))));
        hung.awaitAsked();

        sampler.close();

        clock.add(60_000);
        assertThat(rounds.poll(50, TimeUnit.MILLISECONDS)).isNull();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("rounds") && thread.isAlive());
    }

    private void start(Beat... beats) {
        sampler = new Sampler(List.of(beats), clock, rounds::add, HandClock::await);
        sampler.start();
    }

    private List<Reading> round() {
        try {
            var round = rounds.poll(10, TimeUnit.SECONDS);
            assertThat(round).as("a round within ten real seconds").isNotNull();
            return round;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The sampler looks every millisecond; thirty are enough to catch it doing too much. */
    private boolean noRound() {
        try {
            return rounds.poll(30, TimeUnit.MILLISECONDS) == null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private static Reading.Measured measured(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Measured.class);
        return (Reading.Measured) reading;
    }

    private static Reading.Measured value(String subject, long milli) {
        return new Reading.Measured(subject, Quantity.DOOR, milli, milli, 0, Set.of());
    }

    private static Answering quick(String id) {
        return new Answering(id);
    }

    /** Answers at once and counts. */
    private static class Answering implements Sensor {
        final AtomicInteger asked = new AtomicInteger();
        private final Semaphore answered = new Semaphore(0);
        private final String id;
        volatile boolean onVirtualThread;
        private volatile Thread asker = Thread.currentThread();

        Answering(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Reading read() {
            asker = Thread.currentThread();
            onVirtualThread = Thread.currentThread().isVirtual();
            asked.incrementAndGet();
            var answer = answerNow();
            answered.release();
            return answer;
        }

        Reading answerNow() {
            return value(id, asked.get());
        }

        /** Until the answer is in and the thread waits for its next question. */
        void awaitAnswered() {
            acquire(answered);
            while (Stream.of(asker.getStackTrace())
                    .noneMatch(frame -> frame.getMethodName().equals("awaitWork"))) {
                Thread.onSpinWait();
            }
        }
    }

    /** Hangs until it is let go; an interrupt does not end it, as in life. */
    private static final class Gated extends Answering {
        private final Semaphore began = new Semaphore(0);
        private final Semaphore gate = new Semaphore(0);

        Gated(String id) {
            super(id);
        }

        @Override
        Reading answerNow() {
            began.release();
            gate.acquireUninterruptibly();
            return super.answerNow();
        }

        void awaitAsked() {
            acquire(began);
        }

        void answer() {
            gate.release();
        }
    }

    private static final class Door implements Announcing {
        private final AtomicReference<Consumer<Reading>> told = new AtomicReference<>(_ -> {});

        @Override
        public String id() {
            return "door";
        }

        @Override
        public void whenChanged(Consumer<Reading> listener) {
            told.set(listener);
        }

        @Override
        public Reading read() {
            return value("door", 0);
        }

        void told(Reading change) {
            told.get().accept(change);
        }
    }

    private static void acquire(Semaphore semaphore) {
        try {
            assertThat(semaphore.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
