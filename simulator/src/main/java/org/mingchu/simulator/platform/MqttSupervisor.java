package org.mingchu.simulator.platform;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * A {@link Supervisor} behind a real connection: MQTT 5, quality of service 1, a session that
 * outlives cuts, reconnecting by itself. The MQTT library's threads call the supervisor; every
 * method may be called from any thread.
 */
public final class MqttSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttSupervisor.class);

    /** How long the broker keeps what came while the platform was away, in seconds. */
    private static final long SESSION_SECONDS = 3600;

    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final long RECONNECT_FIRST_MS = 100;
    private static final long RECONNECT_MAX_MS = 2000;

    /** How late a delayed answer may be, in milliseconds. */
    private static final long TICK_MS = 20;

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(15);

    /** Everything gateways say; what the platform itself says is left out. */
    private static final List<String> FILTERS =
            List.of(
                    "kfs/v1/+/+/+/status",
                    "kfs/v1/+/+/+/meta",
                    "kfs/v1/+/+/+/reading",
                    "kfs/v1/+/+/+/alarm/#",
                    "kfs/v1/+/+/+/record/+",
                    "kfs/v1/+/+/+/heartbeat",
                    "kfs/v1/+/+/+/cmd/+/reply");

    private final Supervisor supervisor;
    private final LongSupplier nowMs;
    private final Mqtt5AsyncClient client;
    private final CompletableFuture<Boolean> listening = new CompletableFuture<>();
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("supervisor-tick").daemon().factory());

    private MqttSupervisor(Supervisor supervisor, Endpoint endpoint, LongSupplier nowMs) {
        this.supervisor = supervisor;
        this.nowMs = nowMs;
        this.client = client(endpoint);
    }

    /**
     * Where the broker is.
     *
     * @param clientId the platform's name there; the session goes by it
     * @param tls absent for plain TCP
     */
    public record Endpoint(String host, int port, String clientId, Optional<TlsFiles> tls) {}

    /**
     * Connects over plain TCP and subscribes.
     *
     * @param contract the folder of the schemas
     * @param nowMs milliseconds since 1970
     */
    public static MqttSupervisor connect(String host, int port, Path contract, LongSupplier nowMs) {
        var endpoint = new Endpoint(host, port, "platform", Optional.empty());
        return connect(new Supervisor(Contract.read(contract)), endpoint, nowMs);
    }

    /**
     * Connects and subscribes; returns when the broker has granted every subscription.
     *
     * @throws IllegalStateException when it has not within 15 s
     */
    public static MqttSupervisor connect(
            Supervisor supervisor, Endpoint endpoint, LongSupplier nowMs) {
        var connected = new MqttSupervisor(supervisor, endpoint, nowMs);
        try {
            connected.start();
            return connected;
        } catch (ExecutionException | TimeoutException e) {
            connected.close();
            throw new IllegalStateException(
                    "no subscription at %s:%d within %s: %s"
                            .formatted(endpoint.host(), endpoint.port(), CONNECT_PATIENCE, e),
                    e);
        } catch (InterruptedException e) {
            connected.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting", e);
        }
    }

    /** What it has seen, and how it answers. */
    public Supervisor supervisor() {
        return supervisor;
    }

    private Mqtt5AsyncClient client(Endpoint endpoint) {
        var builder =
                Mqtt5Client.builder()
                        .identifier(endpoint.clientId())
                        .serverHost(endpoint.host())
                        .serverPort(endpoint.port())
                        .addConnectedListener(_ -> subscribe())
                        .automaticReconnect()
                        .initialDelay(RECONNECT_FIRST_MS, TimeUnit.MILLISECONDS)
                        .maxDelay(RECONNECT_MAX_MS, TimeUnit.MILLISECONDS)
                        .applyAutomaticReconnect();
        return endpoint.tls()
                .map(files -> builder.sslConfig(ssl(files)))
                .orElse(builder)
                .buildAsync();
    }

    private static MqttClientSslConfig ssl(TlsFiles files) {
        try {
            return MqttClientSslConfig.builder()
                    .trustManagerFactory(files.trust())
                    .keyManagerFactory(files.identity())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + files, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no usable PEM in " + files + ": " + e, e);
        }
    }

    private void start() throws ExecutionException, TimeoutException, InterruptedException {
        client.publishes(com.hivemq.client.mqtt.MqttGlobalPublishFilter.ALL, this::receive);
        var _ =
                client.connectWith()
                        .cleanStart(false)
                        .sessionExpiryInterval(SESSION_SECONDS)
                        .keepAlive(KEEP_ALIVE_SECONDS)
                        .send();
        listening.get(CONNECT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var _ =
                ticker.scheduleWithFixedDelay(
                        () -> send(supervisor.due(nowMs.getAsLong())),
                        TICK_MS,
                        TICK_MS,
                        TimeUnit.MILLISECONDS);
    }

    /** After every connect: a broker that was restarted knows no session. */
    private void subscribe() {
        var subscriptions =
                FILTERS.stream()
                        .map(filter ->
                                Mqtt5Subscription.builder()
                                        .topicFilter(filter)
                                        .qos(MqttQos.AT_LEAST_ONCE)
                                        .retainAsPublished(true)
                                        .build())
                        .toList();
        var _ =
                client.subscribe(Mqtt5Subscribe.builder().addSubscriptions(subscriptions).build())
                        .whenComplete((_, failure) -> {
                            if (failure == null) {
                                listening.complete(true);
                            } else {
                                LOG.warn("event=subscribe-failed reason={}", failure.toString());
                            }
                        });
    }

    /** The library acknowledges a message to the broker when this returns: kept, then answered. */
    private void receive(Mqtt5Publish message) {
        send(
                supervisor.receive(
                        message.getTopic().toString(),
                        message.getPayloadAsBytes(),
                        message.isRetain(),
                        nowMs.getAsLong()));
    }

    private void send(List<Outgoing> messages) {
        for (var message : messages) {
            var _ =
                    client.publishWith()
                            .topic(message.topic())
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .payload(message.payload())
                            .contentType(message.contentType())
                            .messageExpiryInterval(message.expirySeconds())
                            .send()
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    LOG.warn(
                                            "event=answer-lost topic={} reason={}",
                                            message.topic(),
                                            failure.toString());
                                }
                            });
        }
    }

    /** Says goodbye to the broker; the session stays there. */
    @Override
    public void close() {
        ticker.shutdownNow();
        try {
            client.disconnect().get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("event=disconnect-failed reason={}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
