package org.mingchu.sensors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.stream.IntStream;

/** What is said, kept, acknowledged, and said again. */
final class KitchenBrokerTest extends AgainstBroker {
    @Test
    void what_is_said_is_kept_and_then_acknowledged() {
        say(FRIDGE, "4.25");
        assertThat(shelf.await(1).getFirst())
                .isInstanceOfSatisfying(
                        Reading.Measured.class,
                        m -> {
                            assertThat(m.subject()).isEqualTo("t");
                            assertThat(m.milli()).isEqualTo(4_250);
                            assertThat(m.flags()).isEmpty();
                            assertThat(m.ageNs()).isLessThan(5_000_000_000L);
                        });
        awaitAcknowledged(1);
        assertThat(kitchen.health().sensors().getOrDefault("t", Health.Heard.NEVER).lastNs())
                .isPresent();
    }

    @Test
    void one_message_for_two_sensors_is_one_list_and_no_list_has_a_sensor_twice() {
        IntStream.range(0, 50)
                .forEach(
                        i -> say(ZIGBEE, "{\"temperature\":%d.5,\"humidity\":%d}".formatted(i, i)));
        shelf.await(100);
        assertThat(shelf.values().get("z"))
                .isEqualTo(IntStream.range(0, 50).mapToObj(i -> i * 1000L + 500).toList());
        assertThat(shelf.oneOfEach()).isTrue();
        assertThat(shelf.lists()).isEqualTo(50);
        awaitAcknowledged(50);
    }

    @Test
    void nothing_is_acknowledged_while_the_intake_refuses_and_nothing_is_lost() {
        shelf.become(Shelf.Mood.REFUSING);
        IntStream.range(0, 10).forEach(i -> say(FRIDGE, Integer.toString(i)));
        shelf.await(() -> kitchen.health().counts().refusals() >= 3, () -> "three refusals");
        assertThat(kitchen.health().counts().acknowledged()).isZero();
        assertThat(shelf.kept()).isEmpty();
        shelf.become(Shelf.Mood.KEEPING);
        shelf.await(10);
        assertThat(shelf.values().get("t"))
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> i * 1000L).toList());
        awaitHearing();
        awaitAcknowledged(10);
    }

    @Test
    void one_that_was_kept_while_the_connection_broke_is_acknowledged_and_not_kept_twice() {
        var slow = new Shelf(Room.CLOCK, Duration.ofMillis(400), true);
        kitchen.close();
        kitchen = Room.broker(broker.port(), probes, slow);
        kitchen.start();
        opened.add(kitchen);
        awaitHearing();
        // The fence, for the session is resumed.
        awaitAcknowledged(1);
        say(FRIDGE, "4");
        shelf.await(() -> kitchen.health().counts().messages() >= 2, () -> "the message");
        broker.cut();
        shelf.await(
                () -> kitchen.health().counts().again() == 1,
                () -> "the same again, " + kitchen.health().counts());
        shelf.await(() -> slow.kept().size() == 1, () -> "its keeping");
        say(FRIDGE, "5");
        shelf.await(() -> slow.kept().size() == 2, () -> "the next");
        assertThat(slow.values().get("t")).containsExactly(4_000L, 5_000L);
        slow.close();
    }

    @Test
    void a_dated_value_that_comes_twice_is_kept_once_and_an_undated_one_twice() {
        broker.faults().deliverTwice("#");
        say(ZIGBEE, "{\"temperature\":4,\"last_seen\":%d}".formatted(nowMs()));
        awaitAcknowledged(2);
        assertThat(shelf.of("z")).hasSize(1);
        say(ZIGBEE, "{\"temperature\":5}");
        awaitAcknowledged(4);
        assertThat(shelf.of("z")).hasSize(3);
        assertThat(kitchen.health().counts().again()).isEqualTo(1);
    }

    @Test
    void what_was_queued_while_we_were_away_is_backfilled_until_the_queue_is_through() {
        broker.cut("gw-1");
        broker.refuse();
        IntStream.range(0, 30).forEach(i -> say(FRIDGE, Integer.toString(i)));
        say(ZIGBEE, "{\"temperature\":4,\"last_seen\":%d}".formatted(nowMs() - 1000));
        say(ZIGBEE, "{\"temperature\":3,\"last_seen\":%d}".formatted(nowMs() - 600_000));
        broker.reopen();
        shelf.await(32);
        assertThat(shelf.of("t"))
                .hasSize(30)
                .allSatisfy(r -> assertThat(flags(r)).containsExactly(Flag.BACKFILLED));
        assertThat(flags(shelf.of("z").getFirst())).isEmpty();
        assertThat(flags(shelf.of("z").get(1))).containsExactly(Flag.BACKFILLED);
        // The fence has come back too.
        awaitAcknowledged(33);
        say(FRIDGE, "31");
        shelf.await(33);
        assertThat(flags(shelf.kept().getLast())).isEmpty();
    }

    @Test
    void an_availability_that_flips_silences_all_sensors_of_the_device_each_time() {
        say(ZIGBEE, "{\"temperature\":4,\"humidity\":50}");
        say(ZIGBEE + "/availability", "{\"state\":\"offline\"}");
        say(ZIGBEE + "/availability", "{\"state\":\"online\"}");
        say(ZIGBEE, "{\"temperature\":5,\"humidity\":51}");
        say(ZIGBEE + "/availability", "offline");
        awaitAcknowledged(5);
        assertThat(shelf.of("z"))
                .extracting(r -> r instanceof Reading.Silent s ? s.fault().word() : "value")
                .containsExactly("value", Fault.SILENT.word(), "value", Fault.SILENT.word());
        assertThat(shelf.of("zh")).hasSize(4);
        assertThat(shelf.of("t")).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_silent_with_a_reason_and_shows_no_payload() {
        say(ZIGBEE, "{\"temperature\":\"secret-word\",\"humidity\":1000}");
        say(ZIGBEE, "secret-word");
        say(FRIDGE, "-999");
        shelf.await(5);
        assertThat(shelf.kept())
                .allSatisfy(r -> {
                    assertThat(r).isInstanceOf(Reading.Silent.class);
                    assertThat(((Reading.Silent) r).detail()).isNotEmpty().doesNotContain("secret");
                });
        awaitAcknowledged(3);
    }
}
