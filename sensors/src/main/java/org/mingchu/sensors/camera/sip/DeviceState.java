package org.mingchu.sensors.camera.sip;

import org.mingchu.config.CameraVerdict;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is known of one device. One thread. */
final class DeviceState {
    private final SipDevice device;
    private final Heart heart;
    private final Challenges challenges = new Challenges();
    private Optional<Binding> binding = Optional.empty();
    private Optional<String> fault = Optional.empty();
    private Absence absence = Absence.NEVER;

    /** Where it logged in, how, and until when. */
    private record Binding(Peer peer, Hash login, long expiresNs) {}

    /** Why a device is not registered. */
    private enum Absence {
        NEVER("it has not registered"),
        SIGNED_OFF("it has signed off"),
        RAN_OUT("its registration has run out"),
        REFUSED("its login is refused: the passwords differ"),
        DEAF("heartbeats come, but it does not register although it is told to");

        private final String reason;

        Absence(String reason) {
            this.reason = reason;
        }
    }

    DeviceState(SipDevice device) {
        this.device = device;
        this.heart = new Heart(device.interval(), device.misses());
    }

    SipDevice device() {
        return device;
    }

    Challenges challenges() {
        return challenges;
    }

    /** From where it is listened to; empty when it is not registered. */
    Optional<Peer> peer() {
        return binding.map(Binding::peer);
    }

    boolean isAt(Peer peer) {
        return binding.filter(b -> b.peer.equals(peer)).isPresent();
    }

    void registered(Peer peer, Hash login, long seconds, long nowNs) {
        var expiresNs = nowNs + TimeUnit.SECONDS.toNanos(seconds);
        binding = Optional.of(new Binding(peer, login, expiresNs));
        challenges.answered();
        heart.restart(nowNs);
    }

    void signedOff() {
        challenges.answered();
        unbind(Absence.SIGNED_OFF);
    }

    private void unbind(Absence why) {
        binding = Optional.empty();
        fault = Optional.empty();
        absence = why;
    }

    /** A login in its name was refused; that moves nothing while it is registered. */
    void refused() {
        absence = Absence.REFUSED;
    }

    /** It was answered 403, so that it registers. */
    void sentToRegister() {
        absence = absence == Absence.REFUSED ? absence : Absence.DEAF;
    }

    /** Any message from where it logged in. */
    void life(long nowNs) {
        heart.life(nowNs);
    }

    void beat(Notice notice, long nowNs) {
        heart.beat(notice.number(), nowNs);
        fault = notice.fault();
    }

    /** Its time has run out; it is told so at once, and held to it only when it lapses. */
    boolean expired(long nowNs) {
        return binding.filter(b -> nowNs >= b.expiresNs).isPresent();
    }

    /**
     * Ends a registration that was not renewed. It has as long as a heart may be silent: a refresh
     * that was lost is tried again after 60 s (GB/T 28181-2022 9.1.1).
     *
     * @return whether it was ended now
     */
    boolean lapse(long nowNs, long hearingNs) {
        var limitNs = heart.limit().toNanos();
        var over =
                binding.filter(b -> nowNs >= Math.max(b.expiresNs, hearingNs) + limitNs)
                        .isPresent();
        if (over) {
            unbind(Absence.RAN_OUT);
        }
        return over;
    }

    /**
     * @param hearingNs since when anything could be heard
     */
    Standing standing(long nowNs, long hearingNs) {
        return binding.isPresent() ? present(nowNs, hearingNs) : absent(nowNs, hearingNs);
    }

    private Standing absent(long nowNs, long hearingNs) {
        var early = nowNs - hearingNs < heart.limit().toNanos();
        return early && absence != Absence.SIGNED_OFF
                ? standing(CameraVerdict.UNKNOWN, "not registered since the start", nowNs)
                : standing(CameraVerdict.UNREGISTERED, absence.reason, nowNs);
    }

    private Standing present(long nowNs, long hearingNs) {
        var silentNs = nowNs - Math.max(heart.lastLifeNs().orElse(hearingNs), hearingNs);
        if (silentNs >= heart.limit().toNanos()) {
            return standing(CameraVerdict.HEARTBEAT_LOST, lost(), nowNs);
        }
        return fault.map(f -> standing(CameraVerdict.FAULT_REPORTED, f, nowNs))
                .orElseGet(() -> standing(CameraVerdict.HEALTHY, quiet(), nowNs));
    }

    /** Firmware of the 2022 edition has been seen to register and to send none. */
    private String lost() {
        return heart.beats()
                ? "no heartbeat; one is due every " + heart.interval().toSeconds() + " s"
                : "registered, but it has sent no heartbeat since";
    }

    private String quiet() {
        return heart.beats() ? "" : "registered, no heartbeat yet";
    }

    private Standing standing(CameraVerdict verdict, String reason, long nowNs) {
        var lastNs = heart.lastLifeNs();
        return new Standing(
                verdict,
                reason,
                peer().map(Peer::toString),
                binding.map(b -> b.login.word()),
                lastNs.isPresent()
                        ? Optional.of(Duration.ofNanos(nowNs - lastNs.orElseThrow()))
                        : Optional.empty());
    }
}
