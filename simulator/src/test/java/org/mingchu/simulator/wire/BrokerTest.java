package org.mingchu.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult.Mqtt5Qos1Result;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** The broker seen by a client that shares no code with it but Netty's sockets. */
@Timeout(20)
class BrokerTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final Broker broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void a_message_reaches_everyone_whose_filter_matches() throws Exception {
        try (var a = hears(connected("a"), "kfs/+/x");
                var b = hears(connected("b"), "kfs/#");
                var c = hears(connected("c"), "other")) {
            publish(connected("p"), "kfs/1/x", "冷");
            assertThat(text(next(a))).isEqualTo("冷");
            assertThat(text(next(b))).isEqualTo("冷");
            publish(connected("q"), "other", "end");
            assertThat(text(next(c))).isEqualTo("end");
        }
    }

    /** Without waiting for the kernel every second round finds the port taken. */
    @Test
    void it_refuses_and_comes_back_as_often_as_it_is_told_to() {
        for (var i = 0; i < 200; i++) {
            broker.refuse();
            assertThatThrownBy(() -> new Socket(LOOPBACK, broker.port()).close())
                    .isInstanceOf(ConnectException.class);
            broker.reopen();
        }
        assertThat(connected("p").getState().isConnected()).isTrue();
    }

    @Test
    void a_publisher_learns_that_nobody_is_subscribed() {
        var publisher = connected("p");
        assertThat(publish(publisher, "kfs/alone", "x")).isEqualTo(0x10);
        hears(connected("s"), "kfs/#").close();
        assertThat(publish(publisher, "kfs/alone", "x")).isZero();
    }

    @Test
    void a_retained_message_waits_for_later_subscribers_until_it_is_taken_away() throws Exception {
        var publisher = connected("p");
        publisher.publishWith().topic("s").payload("on".getBytes(UTF_8)).retain(true).send();
        try (var heard = hears(connected("late"), "s")) {
            var first = next(heard);
            assertThat(text(first)).isEqualTo("on");
            assertThat(first.isRetain()).isTrue();
        }
        publisher.publishWith().topic("s").qos(MqttQos.AT_LEAST_ONCE).retain(true).send();
        assertThat(broker.retained()).isEmpty();
    }

    @Test
    void a_lost_connection_leaves_its_will_after_the_delay_and_a_farewell_leaves_none()
            throws Exception {
        try (var heard = hears(connected("s"), "status/#")) {
            withWill("polite", 0, 0).disconnect();
            withWill("lost", 1, 60);
            var before = System.nanoTime();
            broker.cut("lost");
            var will = next(heard);
            assertThat(text(will)).isEqualTo("offline lost");
            assertThat(System.nanoTime() - before).isGreaterThan(900_000_000L);
            assertThat(broker.retained()).containsOnlyKeys("status/lost");
        }
    }

    @Test
    void a_will_without_a_session_does_not_wait() throws Exception {
        try (var heard = hears(connected("s"), "status/#")) {
            withWill("hasty", 3600, 0);
            broker.cut("hasty");
            assertThat(text(next(heard))).isEqualTo("offline hasty");
        }
    }

    @Test
    void a_session_that_comes_back_in_time_leaves_no_will_and_misses_nothing() throws Exception {
        var client = unconnected("d");
        client.connectWith().sessionExpiryInterval(60).send();
        hears(client, "kfs/#").close();
        broker.cut("d");
        assertThat(publish(connected("p"), "kfs/1", "while away")).isZero();
        try (var heard = client.publishes(MqttGlobalPublishFilter.ALL)) {
            var answer = connectUntil(client);
            assertThat(answer).isTrue();
            assertThat(text(next(heard))).isEqualTo("while away");
        }
    }

    @Test
    void a_second_connection_of_the_same_client_ends_the_first() throws Exception {
        var ended = new CompletableFuture<Boolean>();
        Mqtt5Client.builder()
                .identifier("twin")
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .addDisconnectedListener(_ -> ended.complete(true))
                .buildBlocking()
                .connect();
        connected("twin");
        assertThat(ended.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(broker.clients()).containsExactly("twin");
    }

    @Test
    void a_refused_topic_is_refused_with_its_reason_and_goes_nowhere() throws Exception {
        try (var heard = hears(connected("s"), "kfs/#")) {
            broker.faults().nack("kfs/+/alarm", 0x87).nack("kfs/full", 0x97);
            var publisher = connected("p");
            assertThat(publish(publisher, "kfs/1/alarm", "x")).isEqualTo(0x87);
            assertThat(publish(publisher, "kfs/full", "x")).isEqualTo(0x97);
            assertThat(publish(publisher, "kfs/1/reading", "y")).isZero();
            assertThat(text(next(heard))).isEqualTo("y");
            broker.faults().mend();
            assertThat(publish(publisher, "kfs/1/alarm", "z")).isZero();
            assertThat(text(next(heard))).isEqualTo("z");
        }
        assertThat(broker.received("kfs/1/alarm"))
                .extracting(BrokerReceived::reason)
                .containsExactly(0x87, 0);
    }

    @Test
    void a_forgetful_broker_acknowledges_and_loses() throws Exception {
        try (var heard = hears(connected("s"), "kfs/#")) {
            broker.faults().forget("kfs/lost");
            assertThat(publish(connected("p"), "kfs/lost", "x")).isZero();
            assertThat(publish(connected("q"), "kfs/kept", "y")).isZero();
            assertThat(text(next(heard))).isEqualTo("y");
        }
    }

    @Test
    void a_mute_broker_delivers_but_never_answers() throws Exception {
        try (var heard = hears(connected("s"), "kfs/#")) {
            broker.faults().mute("kfs/#");
            var answer = send(connected("p"), "kfs/1", "x");
            assertThat(text(next(heard))).isEqualTo("x");
            assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void a_broker_that_withholds_connack_keeps_the_client_waiting() throws Exception {
        broker.faults().withholdConnack();
        var answer = unconnected("p").toAsync().connect();
        assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        assertThat(broker.clients()).isEmpty();
    }

    @Test
    void a_broker_can_refuse_a_connect_with_a_reason() {
        broker.faults().refuseConnect(0x89);
        assertThatThrownBy(() -> connected("p"))
                .isInstanceOfSatisfying(
                        Mqtt5ConnAckException.class,
                        e ->
                                assertThat(e.getMqttMessage().getReasonCode())
                                        .isEqualTo(Mqtt5ConnAckReasonCode.SERVER_BUSY));
    }

    @Test
    void limits_are_told_in_connack() {
        broker.faults().receiveMaximum(1);
        var told = unconnected("p").connect().getRestrictions();
        assertThat(told.getReceiveMaximum()).isEqualTo(1);
        assertThat(told.getTopicAliasMaximum()).isEqualTo(10);
        assertThat(told.getMaximumQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
    }

    @Test
    void a_receive_maximum_of_one_still_lets_everything_through() throws Exception {
        broker.faults().receiveMaximum(1);
        var publisher = connected("p");
        var answers = IntStream.range(0, 200).mapToObj(i -> send(publisher, "n", "" + i)).toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(5, TimeUnit.SECONDS);
        assertThat(broker.received("n"))
                .extracting(BrokerReceived::text)
                .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(i -> "" + i).toList());
    }

    @Test
    void the_connection_is_cut_at_the_message_that_was_asked_for() throws Exception {
        broker.faults().cutAfter(3);
        var publisher = connected("p");
        assertThat(publish(publisher, "n", "1")).isEqualTo(0x10);
        assertThat(publish(publisher, "n", "2")).isEqualTo(0x10);
        assertThatThrownBy(() -> send(publisher, "n", "3").get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
        assertThat(broker.received("n")).extracting(BrokerReceived::text).containsExactly("1", "2");
        assertThat(publish(connected("again"), "n", "4")).isEqualTo(0x10);
    }

    @Test
    void a_closed_listener_refuses_and_opens_again_on_the_same_port() {
        var port = broker.port();
        broker.refuse();
        assertThatThrownBy(() -> connected("p"))
                .hasRootCauseInstanceOf(java.net.ConnectException.class);
        broker.reopen();
        connected("p");
        assertThat(broker.port()).isEqualTo(port);
        assertThat(broker.clients()).containsExactly("p");
    }

    @Test
    void a_delay_keeps_the_order_even_when_it_ends() throws Exception {
        try (var heard = hears(connected("s"), "n")) {
            var publisher = connected("p");
            broker.faults().delay(Duration.ofMillis(300));
            var before = System.nanoTime();
            var first = send(publisher, "n", "1");
            // answered at once and after the message: the broker has read it, and holds it
            publisher.subscribeWith().topicFilter("any").send();
            broker.faults().mend();
            var second = send(publisher, "n", "2");
            assertThat(text(next(heard))).isEqualTo("1");
            assertThat(System.nanoTime() - before).isGreaterThan(290_000_000L);
            assertThat(text(next(heard))).isEqualTo("2");
            assertThat(first.get(1, TimeUnit.SECONDS).getError()).isEmpty();
            assertThat(second.get(1, TimeUnit.SECONDS).getError()).isEmpty();
        }
    }

    @Test
    void duplicates_come_on_command() throws Exception {
        try (var heard = hears(connected("s"), "n")) {
            broker.faults().deliverTwice("n");
            publish(connected("p"), "n", "1");
            assertThat(text(next(heard))).isEqualTo("1");
            assertThat(text(next(heard))).isEqualTo("1");
        }
    }

    @Test
    void a_wrong_password_does_not_get_in() {
        var login = Optional.of(new Broker.Login("mingchu", "right"));
        try (var locked = Broker.start(new Broker.Limits(20, 10, login), System::nanoTime)) {
            assertThat(enter(locked, "right")).isEqualTo(Mqtt5ConnAckReasonCode.SUCCESS);
            assertThatThrownBy(() -> enter(locked, "wrong"))
                    .isInstanceOf(Mqtt5ConnAckException.class);
            assertThat(login.orElseThrow().toString()).doesNotContain("right");
        }
    }

    @Test
    void properties_and_the_time_that_is_left_travel_on() throws Exception {
        try (var heard = hears(connected("s"), "n")) {
            connected("p")
                    .publishWith()
                    .topic("n")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .messageExpiryInterval(600)
                    .contentType("application/json")
                    .responseTopic("answer/here")
                    .correlationData(new byte[] {1, 2})
                    .userProperties()
                    .add("名", "值")
                    .applyUserProperties()
                    .send();
            var got = next(heard);
            assertThat(got.getMessageExpiryInterval().orElseThrow()).isBetween(590L, 600L);
            assertThat(got.getContentType().orElseThrow()).hasToString("application/json");
            assertThat(got.getResponseTopic().orElseThrow()).hasToString("answer/here");
            assertThat(got.getUserProperties().asList()).hasSize(1);
        }
        assertThat(broker.received("n").getFirst().expirySeconds()).hasValue(600);
    }

    @Test
    void waiting_in_vain_says_what_came_instead() {
        publish(connected("p"), "something/else", "x");
        assertThatThrownBy(() -> broker.await("wanted/#", 1, Duration.ofMillis(50)))
                .hasMessageContaining("0 of 1 messages to wanted/#")
                .hasMessageContaining("something/else");
        assertThat(broker.await("something/#", 1, SOON)).hasSize(1);
    }

    @Test
    void ten_thousand_messages_arrive_once_and_in_order() throws Exception {
        var heard = new ArrayList<String>();
        var all = new CompletableFuture<Boolean>();
        var subscriber = connected("s").toAsync();
        subscriber
                .subscribeWith()
                .topicFilter("n")
                .callback(message -> {
                    heard.add(text(message));
                    if (heard.size() == 10_000) {
                        all.complete(true);
                    }
                })
                .send()
                .get(5, TimeUnit.SECONDS);
        var publisher = connected("p");
        for (int i = 0; i < 10_000; i++) {
            var _ = send(publisher, "n", "" + i);
        }
        assertThat(all.get(15, TimeUnit.SECONDS)).isTrue();
        assertThat(heard)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10_000).mapToObj(i -> "" + i).toList());
    }

    private Mqtt5ConnAckReasonCode enter(Broker locked, String password) {
        return Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(locked.port())
                .buildBlocking()
                .connectWith()
                .simpleAuth()
                .username("mingchu")
                .password(password.getBytes(UTF_8))
                .applySimpleAuth()
                .send()
                .getReasonCode();
    }

    private Mqtt5BlockingClient unconnected(String id) {
        return Mqtt5Client.builder()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildBlocking();
    }

    private Mqtt5BlockingClient connected(String id) {
        var client = unconnected(id);
        client.connect();
        return client;
    }

    private Mqtt5BlockingClient withWill(String id, long delaySeconds, long sessionSeconds) {
        var client = unconnected(id);
        client.connectWith()
                .sessionExpiryInterval(sessionSeconds)
                .willPublish()
                .topic("status/" + id)
                .payload(("offline " + id).getBytes(UTF_8))
                .retain(true)
                .qos(MqttQos.AT_LEAST_ONCE)
                .delayInterval(delaySeconds)
                .applyWillPublish()
                .send();
        return client;
    }

    /** The client notices the cut in its own time; until then it says that it is connected. */
    private static boolean connectUntil(Mqtt5BlockingClient client) {
        while (true) {
            try {
                return client.connectWith()
                        .cleanStart(false)
                        .sessionExpiryInterval(60)
                        .send()
                        .isSessionPresent();
            } catch (com.hivemq.client.mqtt.exceptions.MqttClientStateException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static Mqtt5Publishes hears(Mqtt5BlockingClient client, String filter) {
        var heard = client.publishes(MqttGlobalPublishFilter.ALL);
        client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
        return heard;
    }

    private static Mqtt5Publish next(Mqtt5Publishes heard) throws InterruptedException {
        return heard.receive(SOON.toSeconds(), TimeUnit.SECONDS)
                .orElseThrow(() -> new AssertionError("nothing came within " + SOON));
    }

    private static String text(Mqtt5Publish message) {
        return new String(message.getPayloadAsBytes(), UTF_8);
    }

    private static CompletableFuture<Mqtt5PublishResult> send(
            Mqtt5BlockingClient client, String topic, String text) {
        return client.toAsync()
                .publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(text.getBytes(UTF_8))
                .send();
    }

    /** The reason code of the PUBACK. */
    private static int publish(Mqtt5BlockingClient client, String topic, String text) {
        try {
            var result = send(client, topic, text).get(5, TimeUnit.SECONDS);
            return ((Mqtt5Qos1Result) result).getPubAck().getReasonCode().getCode();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Mqtt5PubAckException refused) {
                return refused.getMqttMessage().getReasonCode().getCode();
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
