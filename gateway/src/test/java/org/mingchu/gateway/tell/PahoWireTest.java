package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mingchu.config.Secrets;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.sensors.Moment;
import org.mingchu.simulator.wire.Broker;
import org.mingchu.simulator.wire.BrokerReceived;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/** Paho under the courier, against a broker that does on command what real ones do rarely. */
class PahoWireTest {
    private static final Secrets.Secret NO_SECRET =
            new Secrets.Secret(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** The longest that anything here may take. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final long START_NS = System.nanoTime();

    private final Broker broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final HouseNotes notes = new HouseNotes(outbox);
    private Optional<CourierThread> thread = Optional.empty();
    private Optional<Courier> courier = Optional.empty();

    @AfterEach
    void end() {
        thread.ifPresent(CourierThread::close);
        broker.close();
    }

    @Test
    void the_record_arrives_through_a_broker_that_hands_out_topic_aliases() {
        rounds(100);
        raise(500);
        work(false);

        await(() -> progress(Lane.READING) == 100 && progress(Lane.ALARM) == 101);

        assertThat(seqs())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(broker.received(Kitchen.ROOT + "alarm/+/event"))
                .singleElement()
                .satisfies(m -> assertThat(m.topic()).endsWith("/event"));
        assertThat(broker.retained().get(Kitchen.ROOT + "status")).contains("\"online\"");
        assertThat(broker.retained().get(Kitchen.ROOT + "meta")).contains("逢源街长者饭堂");
    }

    @Test
    void a_refused_alarm_is_kept_and_shown_within_a_second() {
        broker.faults().nack(Kitchen.ROOT + "alarm/+/event", 0x87);
        work(false);
        // A gateway that was never there before waits for what might be retained of it.
        await(() -> broker.retained().containsKey(Kitchen.ROOT + "status"));
        var beforeNs = System.nanoTime();

        raise(500);
        ring();

        await(() -> notes.links().contains(LinkState.REFUSED));
        assertThat(Duration.ofNanos(System.nanoTime() - beforeNs))
                .isLessThan(Duration.ofSeconds(1));
        assertThat(progress(Lane.ALARM)).isZero();
        assertThat(notes.reasons()).last().asString().contains("not authorised (0x87)");
    }

    @Test
    void an_alarm_that_nobody_hears_is_shown() {
        work(true);
        await(() -> notes.links().contains(LinkState.UP));
        raise(500);
        ring();
        await(() -> notes.links().contains(LinkState.UNHEARD));
    }

    @Test
    void a_broker_without_connack_is_left_after_ten_seconds() {
        broker.faults().withholdConnack();
        rounds(3);
        var hired = hire(false);
        // Twenty times as fast as the world: ten seconds are half a second.
        Patience.await(
                SOON,
                () -> {
                    hired.step(Kitchen.at(elapsedMs() * 20));
                    return notes.links().contains(LinkState.DOWN);
                });
        assertThat(notes.reasons().getFirst()).contains("CONNACK");

        broker.faults().mend();
        thread = Optional.of(CourierThread.start(() -> hired, () -> Kitchen.at(elapsedMs() * 20)));
        await(() -> progress(Lane.READING) == 3);
    }

    @Test
    void a_receive_maximum_of_one_is_kept_and_enough() {
        broker.faults().receiveMaximum(1);
        rounds(200);
        raise(500);
        work(false);

        await(() -> progress(Lane.READING) == 200 && progress(Lane.ALARM) == 201);
        // Paho's topic aliases break a connection whose window is full; here none may break.
        assertThat(notes.links())
                .as("reasons: %s", notes.reasons())
                .contains(LinkState.UP)
                .doesNotContain(LinkState.DOWN);
    }

    @Test
    void nothing_is_lost_when_the_connection_is_cut_again_and_again() {
        broker.faults().cutAfter(9);
        rounds(200);
        raise(500);
        work(false);
        await(() -> notes.links().contains(LinkState.DOWN));
        broker.faults().mend();

        await(() -> progress(Lane.READING) == 200 && progress(Lane.ALARM) == 201);
        assertThat(seqs().stream().distinct().sorted())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void a_closed_port_is_named_and_tried_again() {
        broker.refuse();
        rounds(3);
        work(false);
        await(() -> notes.links().contains(LinkState.DOWN));
        assertThat(notes.reasons().getFirst()).contains("closed or unreachable");

        broker.reopen();
        await(() -> progress(Lane.READING) == 3);
    }

    @Test
    void a_refused_connection_says_why() {
        broker.faults().refuseConnect(0x87);
        work(false);
        await(() -> notes.links().contains(LinkState.DOWN));
        assertThat(notes.reasons().getFirst())
                .isEqualTo("the broker refuses the connection: not authorised (0x87)");
    }

    @Test
    void the_platforms_word_delivers_and_a_goodbye_is_retained() {
        rounds(2);
        var alarm = raise(500);
        work(true);
        broker.await(Kitchen.ROOT + "reading", 1, SOON);
        broker.await(Kitchen.ROOT + "alarm/+/event", 1, SOON);

        broker.publish(
                Kitchen.ROOT + "ack",
                "{\"epoch\":\"%s\",\"ranges\":[[1,%d]]}"
                        .formatted(Kitchen.EPOCH, alarm)
                        .getBytes(UTF_8));
        await(() -> progress(Lane.READING) == 2 && progress(Lane.ALARM) == alarm);

        thread.ifPresent(CourierThread::close);
        assertThat(broker.retained().get(Kitchen.ROOT + "status"))
                .contains("\"offline\"")
                .contains("the program stops");
    }

    private void work(boolean acknowledges) {
        var hired = hire(acknowledges);
        courier = Optional.of(hired);
        thread = Optional.of(CourierThread.start(() -> hired, PahoWireTest::now));
    }

    private Courier hire(boolean acknowledges) {
        var url = URI.create("mqtt://127.0.0.1:" + broker.port());
        return new Courier(
                Kitchen.platform(acknowledges),
                Kitchen.plan(),
                Kitchen.ABOUT,
                outbox,
                Kitchen::nothing,
                notes,
                PahoWire.to(url, NO_SECRET),
                new Random(1));
    }

    private void ring() {
        courier.ifPresent(Courier::ring);
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            outbox.append(new Fact.Round(List.of()), now());
        }
    }

    private long raise(long first) {
        var event = Kitchen.freezer(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, first);
        return outbox.append(new Fact.Alarm(event), now()).seq();
    }

    private long progress(Lane lane) {
        return outbox.progress(lane).floor();
    }

    private List<Long> seqs() {
        return broker.received(Kitchen.ROOT + "reading").stream()
                .flatMap(m -> MemoryPlatform.json(text(m)).get("entries").valueStream())
                .map(e -> e.get("seq").asLong())
                .toList();
    }

    private static String text(BrokerReceived message) {
        return new String(message.payload(), UTF_8);
    }

    private static Moment now() {
        return Kitchen.at(elapsedMs());
    }

    private static long elapsedMs() {
        return (System.nanoTime() - START_NS) / 1_000_000;
    }

    private static void await(BooleanSupplier condition) {
        Patience.await(SOON, condition);
    }
}
