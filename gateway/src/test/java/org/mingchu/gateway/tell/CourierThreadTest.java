package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Secrets;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.simulator.wire.Broker;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Couriers on their own threads. */
final class CourierThreadTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final AtomicLong aheadMs = new AtomicLong();

    @Test
    void three_brokers_that_hang_are_left_in_the_time_of_one() {
        var threads =
                Stream.generate(CourierThreadTest::atABrokerThatHangs)
                        .limit(3)
                        .map(courier ->
                                CourierThread.start(() -> courier, () -> Kitchen.at(upMs())))
                        .toList();

        var begun = System.nanoTime();
        CourierThread.closeAll(threads, "the program stops");

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Courier.FAREWELL.minusMillis(100), Courier.FAREWELL.plusSeconds(2));
    }

    /** The first connect never comes back, by whosever fault; the next one is at a real broker. */
    @Test
    void a_courier_that_never_comes_back_is_left_and_the_alarm_goes_by_another() {
        var stuck = new CountDownLatch(1);
        var outbox = new MemoryOutbox();
        var notes = new HouseNotes(outbox);
        var before = Stuck.entered.get();
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime)) {
            var url = URI.create("mqtt://127.0.0.1:" + broker.port());
            var wires =
                    new ArrayDeque<Wire.Factory>(
                            List.of(_ -> new Stuck(stuck), PahoWire.to(url, Secrets.Secret.NONE)));
            var thread =
                    CourierThread.start(
                            () -> courier(outbox, notes, wires.remove()), () -> Kitchen.at(now()));
            try {
                await(() -> Stuck.entered.get() == before + 1);
                thread.look();
                assertThat(wires).as("not before it is late").hasSize(1);

                aheadMs.addAndGet(CourierThread.STEP_MAX.toMillis() + 1);
                thread.look();
                var event = Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, 100);
                outbox.append(new Fact.Alarm(event), Kitchen.at(now()));
                thread.ring();

                await(() -> broker.received(Kitchen.ROOT + "alarm/+/event").size() == 1);
                await(() -> notes.links().contains(LinkState.UP));
                assertThat(notes.links()).startsWith(LinkState.DOWN);
                assertThat(notes.reasons().getFirst())
                        .contains("the courier hung in ", "was left behind; a new one connects");
                await(() -> outbox.progress(Lane.ALARM).floor() == 1);
                assertThat(thread.hopeless()).isEmpty();
            } finally {
                stuck.countDown();
                thread.close();
            }
        }
    }

    @Test
    void when_all_that_follow_hang_too_only_another_start_helps() {
        var stuck = new CountDownLatch(1);
        var outbox = new MemoryOutbox();
        var notes = new HouseNotes(outbox);
        var before = Stuck.entered.get();
        var thread =
                CourierThread.start(
                        () -> courier(outbox, notes, _ -> new Stuck(stuck)),
                        () -> Kitchen.at(now()));
        for (var i = 1; i <= CourierThread.LEFT_MAX + 1; i++) {
            var many = before + i;
            await(() -> Stuck.entered.get() == many);
            assertThat(thread.hopeless()).isEmpty();
            aheadMs.addAndGet(CourierThread.STEP_MAX.toMillis() + 1);
            thread.look();
        }
        assertThat(thread.hopeless().orElse("")).contains("4 couriers to market-regulation hang");
        stuck.countDown();
        thread.close();
    }

    /** A wire whose library never comes back from connecting. */
    private record Stuck(CountDownLatch stuck) implements Wire {
        private static final AtomicLong entered = new AtomicLong();

        @Override
        public void connect(Hello hello) {
            entered.incrementAndGet();
            var waiting = true;
            while (waiting) {
                try {
                    stuck.await();
                    waiting = false;
                } catch (InterruptedException _) {
                    // As a read of a socket: no interrupt ends it.
                }
            }
        }

        @Override
        public void subscribe(String filter) {}

        @Override
        public boolean publish(long token, Message message) {
            return false;
        }

        @Override
        public void disconnect() {}

        @Override
        public void drop() {}
    }

    private static Courier courier(MemoryOutbox outbox, HouseNotes notes, Wire.Factory wires) {
        return new Courier(
                Kitchen.platform(false),
                Kitchen.plan(),
                Kitchen.ABOUT,
                outbox,
                Kitchen::nothing,
                notes,
                wires,
                new Random(1));
    }

    private long now() {
        return upMs() + aheadMs.get();
    }

    /** Connected, and nothing is answered from here on. */
    private static Courier atABrokerThatHangs() {
        var post = Post.acknowledging().settle();
        return post.courier;
    }

    private static void await(BooleanSupplier condition) {
        Patience.await(SOON, condition);
    }

    private static long upMs() {
        return System.nanoTime() / 1_000_000 - BEGUN_MS;
    }

    private static final long BEGUN_MS = System.nanoTime() / 1_000_000;
}
