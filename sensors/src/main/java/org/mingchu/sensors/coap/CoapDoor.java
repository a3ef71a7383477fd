package org.mingchu.sensors.coap;

import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.util.Filter;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Intake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The door for radio probes: CoAP over DTLS 1.2 with a key for each probe or a certificate, packs
 * of SenML posted to {@code /senml} (and {@code /dp}, as LwM2M sends them), present values to be
 * observed at {@code /now/<sensor id>}.
 *
 * <p>A probe is answered 2.04 only when all of its pack is kept, 5.03 with Max-Age when it has to
 * come again, 4.00 with a reason when it never will be taken. What was kept is not stored again: a
 * record with a time of its own is known by probe, name and time, one of a counted pack ({@code
 * ?seq=N}, or a record named {@code seq}) by probe, count and content; a record with neither is new
 * each time. This memory is lost with the process, so a probe that repeats itself across a restart
 * of the gateway is stored again. While the gateway's own clock is not set, times of 1970 and later
 * are put off with 5.03, and ages are taken. Without DTLS, a probe says who it is by {@code ?id=},
 * and its readings are flagged.
 *
 * <p>A listener that cannot be opened, or does not answer the door's own question, is opened again
 * every 30 s; {@link #health} says so. Any thread; {@link #start} once.
 */
public final class CoapDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoapDoor.class);

    /** How often each listener is asked whether it answers. */
    private static final long WATCH_S = 30;

    /** How soon a revoked probe's session ends. */
    private static final long REVOKE_S = 2;

    private static final int THREADS = 2;

    /**
     * 64 probes behind one radio gateway have one address; each sends a few datagrams a minute, and
     * after a power cut all of them begin a session at once. Unfinished sessions end after 30 s, so
     * there are fewer than {@link Stack#SESSIONS_MAX} of them.
     */
    private static final Turnstile.Rates DTLS_RATES =
            new Turnstile.Rates(
                    new Turnstile.Rate(100, 400),
                    new Turnstile.Rate(1_000, 2_000),
                    new Turnstile.Rate(5, 64),
                    new Turnstile.Rate(10, 128));

    /** What comes without proof is worth less: times {@link Stack#EXCHANGE_S} it stays 5 MB. */
    private static final Turnstile.Rates PLAIN_RATES =
            new Turnstile.Rates(
                    new Turnstile.Rate(20, 200),
                    new Turnstile.Rate(40, 400),
                    new Turnstile.Rate(1, 1),
                    new Turnstile.Rate(1, 1));

    private final CoapSettings settings;
    private final List<CoapSensor> sensors;
    private final ProbeKeys keys;
    private final Clock clock;
    private final Reception reception;
    private final ProbeBook book;
    private final Present present;
    private final Strangers strangers;
    private final Doorkeeper doorkeeper;
    private final List<Listener> listeners = new ArrayList<>();
    private final Listener dtls;
    private final Optional<Listener> plain;
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(
                    THREADS, Thread.ofPlatform().daemon().name("coap-timer-", 0).factory());
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("coap-watch").factory());
    private Map<String, ProbeKeys.Entry> admitted = Map.of();

    /**
     * @param sensors all that speak by CoAP and come by themselves
     * @param chance for keys of the door's own questions
     */
    public CoapDoor(
            CoapSettings settings,
            List<CoapSensor> sensors,
            ProbeKeys keys,
            Intake intake,
            Clock clock,
            SecureRandom chance) {
        this(settings, sensors, keys, intake, clock, chance, SelfProbe.PATIENCE);
    }

    CoapDoor(
            CoapSettings settings,
            List<CoapSensor> sensors,
            ProbeKeys keys,
            Intake intake,
            Clock clock,
            SecureRandom chance,
            Duration patience) {
        this.settings = settings;
        this.sensors = List.copyOf(sensors);
        this.keys = keys;
        this.clock = clock;
        var roster = new Roster(sensors);
        this.present = new Present(clock);
        this.reception = new Reception(roster, intake, clock, present::keep);
        this.book = new ProbeBook(roster, clock);
        this.strangers = new Strangers(clock);
        this.doorkeeper = new Doorkeeper(keys, strangers);
        var probe = new SelfProbe(chance, doorkeeper, patience);
        this.dtls = new Listener("coaps", settings.dtls(), this::openDtls, probe::askDtls, clock);
        this.plain =
                settings.plain()
                        .map(at ->
                                new Listener("coap", at, this::openPlain, probe::askPlain, clock));
        listeners.add(dtls);
        plain.ifPresent(listeners::add);
    }

    /**
     * Opens the listeners; one that cannot be opened is tried again, and {@link #health} says so.
     */
    public void start() {
        admitted = keys.current();
        listeners.forEach(Listener::open);
        var _ =
                watch.scheduleWithFixedDelay(
                        () -> guarded(this::endRevoked), REVOKE_S, REVOKE_S, TimeUnit.SECONDS);
        var _ =
                watch.scheduleWithFixedDelay(
                        () -> guarded(this::watchNow), WATCH_S, WATCH_S, TimeUnit.SECONDS);
    }

    /** The loop's one guard: what fails once is tried again at the next turn. */
    private static void guarded(Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException e) {
            LOG.error("event=coap-watch-failed", e);
        }
    }

    /** Asks each listener once. */
    void watchNow() {
        listeners.forEach(Listener::watch);
    }

    /** For tests: the sockets close, as when a thread of the stack has died. */
    void breakListeners() {
        listeners.forEach(l -> l.opened().ifPresent(o -> o.server().stop()));
    }

    /** Closes the sessions of keys that are not in force any more. */
    void endRevoked() {
        var now = keys.current();
        var ended = new HashSet<String>();
        admitted.forEach((identity, entry) -> {
            if (!entry.equals(now.get(identity))) {
                ended.add(identity);
            }
        });
        now.forEach((identity, entry) -> {
            if (entry instanceof ProbeKeys.Entry.Revoked && !entry.equals(admitted.get(identity))) {
                ended.add(identity);
            }
        });
        admitted = now;
        if (!ended.isEmpty()) {
            end(ended);
        }
    }

    private void end(Set<String> identities) {
        Filter<Principal> ended =
                principal -> Caller.identity(principal).filter(identities::contains).isPresent();
        dtls.opened()
                .flatMap(Opened::sessions)
                .ifPresent(sessions -> {
                    var _ = sessions.startTerminateConnectionsForPrincipal(ended);
                });
        LOG.info("event=coap-sessions-ended probes={}", identities.size());
    }

    /** Where CoAPS listens. */
    public InetSocketAddress dtlsAddress() {
        return dtls.address();
    }

    /** Where CoAP without DTLS listens, when it does. */
    public Optional<InetSocketAddress> plainAddress() {
        return plain.map(Listener::address);
    }

    /** How each listener is. */
    public List<Health> health() {
        return listeners.stream().map(Listener::health).toList();
    }

    /** Each probe of the site file by name, and when it spoke last. */
    public List<ProbeStatus> probes() {
        return book.list();
    }

    /** Who tried and was not let in. */
    public Strangers strangers() {
        return strangers;
    }

    @Override
    public void close() {
        watch.shutdownNow();
        listeners.forEach(Listener::close);
        timer.shutdownNow();
    }

    private Opened openPlain(InetSocketAddress address) throws IOException {
        var configuration = Stack.plain();
        var turnstile = new Turnstile("coap", PLAIN_RATES, () -> clock.now().upNs());
        var endpoint =
                Stack.endpoint(configuration)
                        .setConnector(new GuardedUdp(address, configuration, turnstile))
                        .build();
        var server = server(configuration);
        // Nobody learns what is here, and no small question gets a large answer.
        Optional.ofNullable(server.getRoot().getChild(".well-known"))
                .ifPresent(server.getRoot()::delete);
        return open(server, endpoint, turnstile, Optional.empty(), () -> {});
    }

    private Opened openDtls(InetSocketAddress address) throws IOException {
        var configuration = Stack.dtlsServer(settings.certificates().isPresent());
        var turnstile = new Turnstile("coaps", DTLS_RATES, () -> clock.now().upNs());
        var builder =
                DtlsConnectorConfig.builder(configuration)
                        .setAddress(address)
                        .setAdvancedPskStore(doorkeeper)
                        .setConnectionListener(doorkeeper)
                        .setSessionListener(doorkeeper);
        if (settings.certificates().isPresent()) {
            certify(builder, settings.certificates().orElseThrow());
        }
        var connector = new GuardedDtls(builder.build(), turnstile);
        var server = server(configuration);
        var now = new CoapResource("now", false);
        server.add(now);
        var changed = values(now);
        present.watch(changed);
        var endpoint = Stack.endpoint(configuration).setConnector(connector).build();
        return open(
                server,
                endpoint,
                turnstile,
                Optional.of(connector),
                () -> present.unwatch(changed));
    }

    private Consumer<String> values(CoapResource now) {
        sensors.forEach(s -> now.add(new NowResource(s, present)));
        return sensor ->
                Optional.ofNullable(now.getChild(sensor))
                        .map(NowResource.class::cast)
                        .ifPresent(NowResource::changed);
    }

    private void certify(DtlsConnectorConfig.Builder builder, CoapSettings.Certificates files)
            throws IOException {
        try {
            builder.setCertificateIdentityProvider(
                    new SingleCertificateProvider(
                            Pem.key(files.key()),
                            Pem.certificates(files.own()),
                            CertificateType.X_509));
            var signed =
                    StaticNewAdvancedCertificateVerifier.builder()
                            .setTrustedCertificates(Pem.certificates(files.authority()))
                            .build();
            builder.setAdvancedCertificateVerifier(new ProbeCertificates(signed, keys, doorkeeper));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("certificates: " + e.getMessage(), e);
        }
    }

    /** What answers, without a socket yet. */
    CoapServer server(Configuration configuration) {
        var server =
                new CoapServer(configuration) {
                    @Override
                    protected Resource createRoot() {
                        return new CoapResource("", false);
                    }
                };
        server.add(
                new SenMlResource("senml", reception, book, timer),
                new SenMlResource("dp", reception, book, timer));
        return server;
    }

    private static Opened open(
            CoapServer server,
            CoapEndpoint endpoint,
            Turnstile turnstile,
            Optional<GuardedDtls> sessions,
            Runnable undo)
            throws IOException {
        server.addEndpoint(endpoint);
        try {
            server.start();
        } catch (IllegalStateException e) {
            undo.run();
            server.destroy();
            throw new IOException("the address is taken or not of this machine", e);
        }
        return new Opened(server, endpoint.getAddress(), turnstile, sessions.map(s -> s), undo);
    }
}
