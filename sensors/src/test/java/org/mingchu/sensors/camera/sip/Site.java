package org.mingchu.sensors.camera.sip;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.camera.sip.Finding.Kind;
import org.mingchu.simulator.wire.SipAccount;
import org.mingchu.simulator.wire.SipCamera;
import org.mingchu.simulator.wire.SipDialect;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A registrar on the loopback address with a clock that is moved by hand. */
final class Site implements AutoCloseable {
    static final String SERVER = "34020000002000000001";
    static final String ID = "34020000001320000001";
    static final String PASSWORD = "gehe9-Rind";

    /** No test here is about rates unless it says so, and its clock may stand still. */
    static final Rates AMPLE = new Rates(100_000, 100_000);

    /** The watch runs in real time, and nobody wants to wait for it. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    final HandClock clock = new HandClock();
    final Registrar registrar;

    Site(RegistrarSettings settings, List<SipDevice> devices) {
        registrar = new Registrar(settings, devices, clock, new SecureRandom(), LOOK_EVERY);
        registrar.start();
    }

    static RegistrarSettings settings() {
        return RegistrarSettings.of(loopback(0), SERVER).withRates(AMPLE);
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** With one camera of which only the login is known. */
    static Site ofOne() {
        return new Site(settings(), List.of(SipDevice.of("cam", ID, PASSWORD)));
    }

    static Site ofOne(Optional<Duration> interval, Optional<Integer> misses) {
        var device = new SipDevice("cam", ID, PASSWORD, interval, misses);
        return new Site(settings(), List.of(device));
    }

    /** Dies and comes back on the same port, knowing nothing. */
    Site restarted() {
        var port = registrar.port();
        registrar.close();
        var again = RegistrarSettings.of(loopback(port), SERVER).withRates(AMPLE);
        return new Site(again, List.of(SipDevice.of("cam", ID, PASSWORD)));
    }

    SipCamera camera() {
        return camera(SipDialect.EDITION_2016);
    }

    SipCamera camera(SipDialect dialect) {
        return camera(new SipAccount(ID, SERVER, PASSWORD), dialect, SipCamera.Carrier.UDP);
    }

    SipCamera camera(SipAccount account, SipDialect dialect, SipCamera.Carrier carrier) {
        return new SipCamera(account, dialect, carrier, address());
    }

    /** The same name, from another host. */
    SipCamera elsewhere(String password) {
        try {
            return new SipCamera(
                    new SipAccount(ID, SERVER, password),
                    SipDialect.EDITION_2016,
                    SipCamera.Carrier.UDP,
                    InetAddress.getByName("127.0.0.9"),
                    address());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    InetSocketAddress address() {
        return loopback(registrar.port());
    }

    void pass(long seconds) {
        clock.add(seconds * 1000);
    }

    CameraVerdict verdict() {
        return registrar.verdict("cam");
    }

    String reason() {
        return registrar.standing("cam").reason();
    }

    List<Kind> found() {
        return registrar.findings().stream().map(Finding::kind).toList();
    }

    @Override
    public void close() {
        registrar.close();
    }
}
