package org.mingchu.sensors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Proof;
import org.mingchu.sensors.Reading;

import java.util.stream.IntStream;

/** A broker and an intake in trouble; each case waits for somebody's patience to end. */
final class KitchenTroubleTest extends AgainstBroker {
    @BeforeAll
    static void notInShort() {
        Proof.notInShort();
    }

    @Test
    void a_message_that_came_again_keeps_the_time_of_its_first_arrival() {
        shelf.become(Shelf.Mood.REFUSING);
        say(FRIDGE, "4");
        shelf.await(() -> kitchen.health().counts().refusals() >= 2, () -> "two refusals");
        shelf.become(Shelf.Mood.KEEPING);
        var reading = (Reading.Measured) shelf.await(1).getFirst();
        assertThat(reading.flags()).isEmpty();
        assertThat(reading.ageNs()).isGreaterThanOrEqualTo(Room.QUICK.first().toNanos() / 2);
    }

    @Test
    void an_intake_that_never_answers_is_given_up_and_asked_again() {
        shelf.become(Shelf.Mood.DEAF);
        say(FRIDGE, "4");
        shelf.await(() -> kitchen.health().counts().refusals() >= 1, () -> "one given up");
        shelf.become(Shelf.Mood.KEEPING);
        shelf.await(1);
        awaitAcknowledged(1);
    }

    @Test
    void where_the_fence_may_not_be_sent_the_queue_is_through_after_a_while() {
        broker.faults().nack("mingchu/#", 0x87);
        broker.cut("gw-1");
        shelf.await(() -> kitchen.health().link() == Health.Link.AWAY, () -> "the cut");
        awaitHearing();
        say(FRIDGE, "1");
        shelf.await(1);
        assertThat(flags(shelf.kept().getFirst())).containsExactly(Flag.BACKFILLED);
        var begunNs = Room.CLOCK.now().upNs();
        shelf.await(
                () -> Room.CLOCK.now().upNs() - begunNs > Room.QUICK.fence().toNanos(),
                () -> "the patience of the fence");
        say(FRIDGE, "2");
        shelf.await(2);
        assertThat(flags(shelf.kept().get(1))).isEmpty();
    }

    @Test
    void a_broker_that_is_away_is_told_with_a_reason_and_found_again() {
        broker.refuse();
        shelf.await(() -> kitchen.health().link() == Health.Link.AWAY, () -> "the loss");
        shelf.await(() -> kitchen.health().why().contains("port is closed"), () -> "the reason");
        broker.reopen();
        awaitHearing();
        assertThat(kitchen.health().why()).isEmpty();
    }

    @Test
    void a_broker_that_takes_the_connection_and_says_nothing_is_left() {
        broker.faults().withholdConnack();
        broker.cut();
        shelf.await(
                () -> kitchen.health().why().contains("does not answer"),
                () -> "the reason, " + kitchen.health());
        broker.faults().mend();
        awaitHearing();
    }

    @Test
    void a_refused_login_is_told() {
        broker.faults().refuseConnect(0x86);
        broker.cut();
        shelf.await(
                () -> kitchen.health().why().contains("user or password"),
                () -> "the reason, " + kitchen.health());
    }

    @Test
    void at_the_end_what_is_being_kept_is_acknowledged() {
        IntStream.range(0, 5).forEach(i -> say(FRIDGE, Integer.toString(i)));
        shelf.await(() -> kitchen.health().counts().messages() >= 5, () -> "five messages");
        shelf.await(() -> shelf.kept().size() >= 1, () -> "one kept");
        kitchen.close();
        kitchen = open(Room.QUICK);
        kitchen.start();
        awaitHearing();
        shelf.await(() -> shelf.of("t").size() >= 5, () -> "all five");
        awaitAcknowledged(1);
        assertThat(shelf.values().get("t")).containsExactly(0L, 1000L, 2000L, 3000L, 4000L);
    }
}
