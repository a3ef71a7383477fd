package org.mingchu.sensors.coap;

import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Intake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks probes that are CoAP servers themselves, by period or by observation; SenML, or a plain
 * number of the one sensor there. What they say goes the way of what probes post. A device that
 * does not answer is silent, with the reason. Any thread; {@link #start} once.
 */
public final class CoapPoll implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoapPoll.class);

    /** How often an observation is looked after. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final List<Polled> polled;
    private final PollKeys keys;
    private final Reception reception;
    private final Intake intake;
    private final Clock clock;
    private final CoapEndpoint plain;
    private final CoapEndpoint secure;
    private final DTLSConnector sessions;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("coap-poll").factory());
    private List<Asking> asked = List.of();

    /**
     * @param sensors of the polled probes
     */
    public CoapPoll(
            List<CoapSensor> sensors,
            List<Polled> polled,
            ProbeKeys keys,
            Intake intake,
            Clock clock) {
        this.polled = List.copyOf(polled);
        this.keys = new PollKeys(keys);
        this.intake = intake;
        this.clock = clock;
        this.reception = new Reception(new Roster(sensors), intake, clock, _ -> {});
        var anywhere = new InetSocketAddress(0);
        var plainSettings = Stack.plainClient();
        this.plain =
                Stack.endpoint(plainSettings)
                        .setConnector(new UDPConnector(anywhere, plainSettings))
                        .build();
        var settings = Stack.dtlsClient();
        this.sessions =
                new DTLSConnector(
                        DtlsConnectorConfig.builder(settings)
                                .setAddress(anywhere)
                                .setAdvancedPskStore(this.keys)
                                .build());
        this.secure = Stack.endpoint(settings).setConnector(sessions).build();
        plain.setMessageDeliverer(new Unasked());
        secure.setMessageDeliverer(new Unasked());
    }

    /**
     * Begins to ask.
     *
     * @throws UncheckedIOException when the machine gives no socket
     */
    public void start() {
        try {
            plain.start();
            secure.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a socket to ask CoAP devices", e);
        }
        asked = polled.stream().map(this::begin).toList();
    }

    private Asking begin(Polled device) {
        var peer = peer(device.address());
        if (device.secure()) {
            keys.at(peer, device.identity());
        }
        var client = new CoapClient(device.address());
        client.setEndpoint(device.secure() ? secure : plain);
        var asking =
                new Asking(
                        device,
                        client,
                        reception,
                        intake,
                        clock,
                        device.secure() ? () -> sessions.forceResumeSessionFor(peer) : () -> {});
        var period =
                switch (device.manner()) {
                    case Polled.Manner.Every(var every) -> every;
                    case Polled.Manner.Observe _ -> LOOK_EVERY;
                };
        var _ =
                timer.scheduleAtFixedRate(
                        () -> guarded(asking), 0, period.toMillis(), TimeUnit.MILLISECONDS);
        return asking;
    }

    /** The loop's one guard: one device's mistake costs no other a turn. */
    private static void guarded(Asking asking) {
        try {
            asking.turn();
        } catch (RuntimeException e) {
            LOG.error("event=coap-poll-failed", e);
        }
    }

    private static InetSocketAddress peer(URI address) {
        var port = address.getPort();
        return new InetSocketAddress(
                address.getHost(), port < 0 ? CoAP.getDefaultPort(address.getScheme()) : port);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        asked.forEach(Asking::close);
        plain.destroy();
        secure.destroy();
    }
}
