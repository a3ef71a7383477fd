package org.mingchu.sensors.camera.sip;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Sensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A GB/T 28181 platform as far as cameras register at it and send heartbeats: a second entry beside
 * the one that is there. Asks for no video and sends no request. What stands is in memory only:
 * after a restart every camera is unknown until it has registered again, or for as long as its
 * heartbeats may be missed.
 *
 * <p>A port that cannot be had is tried again every 5 s; until then all cameras are unknown. {@link
 * #start} once; everything else from any thread.
 */
public final class Registrar implements AutoCloseable {
    /** Longer lists are no kitchen's. */
    public static final int DEVICES_MAX = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    /** A loss is told within a second (F28). */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final Duration REOPEN_EVERY = Duration.ofSeconds(5);
    private static final int PORT_TRIES = 20;

    private final RegistrarSettings settings;
    private final Clock clock;
    private final Duration lookEvery;
    private final Reception reception;
    private final List<RegistrationSensor> sensors;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ReentrantLock opening = new ReentrantLock();
    private final Thread watch = Thread.ofVirtual().name("sip-watch").unstarted(this::watch);
    private List<Door> doors = List.of();
    private long triedNs;
    private String lastCause = "";

    /**
     * @param chance for nonces; a foreseeable one lets strangers in
     * @throws IllegalArgumentException if two devices share an id or a camera, or there are more
     *     than {@link #DEVICES_MAX}
     */
    public Registrar(
            RegistrarSettings settings, List<SipDevice> devices, Clock clock, SecureRandom chance) {
        this(settings, devices, clock, chance, LOOK_EVERY);
    }

    Registrar(
            RegistrarSettings settings,
            List<SipDevice> devices,
            Clock clock,
            SecureRandom chance,
            Duration lookEvery) {
        if (devices.size() > DEVICES_MAX) {
            throw new IllegalArgumentException("more than " + DEVICES_MAX + " devices");
        }
        this.settings = settings;
        this.clock = clock;
        this.lookEvery = lookEvery;
        this.reception = new Reception(settings, devices, clock, chance);
        this.sensors =
                devices.stream().map(d -> new RegistrationSensor(d.camera(), reception)).toList();
    }

    /** Opens its ports, or goes on trying. */
    public void start() {
        open();
        watch.start();
    }

    /** Where it listens, for UDP and TCP alike; 0 while it does not. */
    public int port() {
        opening.lock();
        try {
            return doors.isEmpty() ? 0 : doors.getFirst().port();
        } finally {
            opening.unlock();
        }
    }

    /**
     * How a camera stands now.
     *
     * @param camera its id in the site file
     * @throws IllegalArgumentException if no device has this camera
     */
    public Standing standing(String camera) {
        return reception.standing(camera);
    }

    /** The verdict of {@link #standing}. */
    public CameraVerdict verdict(String camera) {
        return standing(camera).verdict();
    }

    /**
     * One for each device, in their order. Each tells a change within a second of it, so that a
     * loss need not wait for the next round.
     */
    public List<Sensor> sensors() {
        return List.copyOf(sensors);
    }

    /** What a technician should look at; bounded, since the start. */
    public List<Finding> findings() {
        return reception.findings();
    }

    private void watch() {
        try {
            while (!closing.await(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                reopen();
                sensors.forEach(RegistrationSensor::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reopen() {
        opening.lock();
        try {
            if (!doors.isEmpty() && doors.stream().allMatch(Door::open)) {
                return;
            }
            reception.hearsNothing("its port is lost");
            if (clock.now().upNs() - triedNs >= REOPEN_EVERY.toNanos()) {
                open();
            }
        } finally {
            opening.unlock();
        }
    }

    private void open() {
        opening.lock();
        try {
            if (closing.getCount() == 0) {
                return;
            }
            shut();
            triedNs = clock.now().upNs();
            doors = doors();
            lastCause = "";
            reception.hears();
            LOG.info("event=sip-listening port={} transports={}", port(), settings.transports());
        } catch (IOException e) {
            failed(e.toString());
        } finally {
            opening.unlock();
        }
    }

    private void failed(String cause) {
        reception.hearsNothing(cause);
        if (!cause.equals(lastCause)) {
            LOG.error("event=sip-not-listening at={} cause=\"{}\"", settings.listen(), cause);
            lastCause = cause;
        }
    }

    /** A port that the system chose for UDP may be taken for TCP: it is asked for another. */
    private List<Door> doors() throws IOException {
        for (var tries = 1; ; tries++) {
            var opened = new ArrayList<Door>();
            try {
                for (var transport : Transport.values()) {
                    if (settings.transports().contains(transport)) {
                        opened.add(door(transport, opened));
                    }
                }
                return List.copyOf(opened);
            } catch (IOException e) {
                opened.forEach(Door::close);
                if (settings.listen().getPort() != 0 || tries == PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private Door door(Transport transport, List<Door> opened) throws IOException {
        var port = opened.isEmpty() ? settings.listen().getPort() : opened.getFirst().port();
        var at = new InetSocketAddress(settings.listen().getAddress(), port);
        return switch (transport) {
            case UDP -> new UdpDoor(at, reception);
            case TCP -> new TcpDoor(at, reception, clock);
        };
    }

    private void shut() {
        doors.forEach(Door::close);
        doors = List.of();
    }

    /** Closes its ports; all cameras are unknown from then on. */
    @Override
    public void close() {
        closing.countDown();
        opening.lock();
        try {
            shut();
            reception.hearsNothing("it is closed");
        } finally {
            opening.unlock();
        }
    }
}
