package org.mingchu.sensors.camera.sip;

import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.camera.sip.Challenges.Because;
import org.mingchu.sensors.camera.sip.Challenges.Edition;
import org.mingchu.sensors.camera.sip.Finding.Kind;
import org.mingchu.sensors.camera.sip.Nonces.Worth;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Registers a known device, and only on its digest: a renewal is a login too. One thread. */
final class Logins {
    private static final String VERSION_OF_2022 = "3.";

    /** As GB/T 28181 writes it: local time, milliseconds, no zone. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    private final RegistrarSettings settings;
    private final Clock clock;
    private final Nonces nonces;
    private final Findings findings;

    Logins(RegistrarSettings settings, Clock clock, SecureRandom chance, Findings findings) {
        this.settings = settings;
        this.clock = clock;
        this.nonces = new Nonces(chance);
        this.findings = findings;
    }

    SipReply reply(DeviceState device, SipRequest request, Peer peer, long nowNs) {
        return Login.of(request, settings.realm())
                .map(login -> answered(device, login, request, peer, nowNs))
                .orElseGet(() -> challenge(device, request, peer, Because.NO_LOGIN, nowNs));
    }

    /** That a nonce is stale is said to right and wrong alike: nobody may try passwords on it. */
    private SipReply answered(
            DeviceState device, Login login, SipRequest request, Peer peer, long nowNs) {
        var right = login.holds(request.method(), device.device().password());
        var worth = nonces.spend(login.nonce(), peer.address(), nowNs);
        if (worth != Worth.LIVE) {
            if (right && recorded(device, worth, peer)) {
                findings.found(Kind.REPLAY, device.device().id(), peer.host());
            }
            return challenge(device, request, peer, Because.STALE, nowNs);
        }
        return right ? accept(device, login.hash(), request, peer, nowNs) : refuse(device, peer);
    }

    /** A true login of the past, and its camera is elsewhere. After a restart nobody can say. */
    private static boolean recorded(DeviceState device, Worth worth, Peer peer) {
        return !device.isAt(peer) && (worth == Worth.SPENT || device.peer().isPresent());
    }

    private SipReply refuse(DeviceState device, Peer peer) {
        findings.found(Kind.REFUSED_DIGEST, device.device().id(), peer.host());
        device.refused();
        return SipReply.FORBIDDEN;
    }

    private SipReply challenge(
            DeviceState device, SipRequest request, Peer peer, Because why, long nowNs) {
        var nonce = nonces.issue(peer.address(), nowNs);
        return device.challenges().next(settings.realm(), nonce, edition(request), why);
    }

    private static Edition edition(SipRequest request) {
        return request.header("x-gb-ver").filter(v -> v.startsWith(VERSION_OF_2022)).isPresent()
                ? Edition.OF_2022
                : Edition.UNTOLD;
    }

    private SipReply accept(
            DeviceState device, Hash hash, SipRequest request, Peer peer, long nowNs) {
        var seconds = request.expiresSeconds();
        if (seconds == 0) {
            device.signedOff();
        } else {
            device.registered(peer, hash, seconds, nowNs);
            explained(device, peer);
        }
        return new SipReply(200, "OK", granted(request, seconds));
    }

    /** What looked like an attack from there was the camera itself, whose address had moved. */
    private void explained(DeviceState device, Peer peer) {
        findings.explained(Kind.SPOOF_ATTEMPT, device.device().id(), peer.host());
        findings.explained(Kind.REPLAY, device.device().id(), peer.host());
    }

    private List<String> granted(SipRequest request, long seconds) {
        var headers = new ArrayList<String>();
        request.header("contact")
                .map(c -> SipText.address(SipText.split(c, ',').getFirst()))
                .filter(_ -> seconds > 0)
                .ifPresent(c -> headers.add("Contact: <" + c + ">;expires=" + seconds));
        headers.add("Expires: " + seconds);
        settings.date().flatMap(this::date).ifPresent(headers::add);
        return headers;
    }

    /** A time that nobody has set is not handed on. */
    private Optional<String> date(ZoneId zone) {
        return Optional.of(clock.now())
                .filter(m -> m.clock() == ClockState.SYNCED)
                .map(Moment::wallMs)
                .map(ms -> "Date: " + DATE.format(Instant.ofEpochMilli(ms).atZone(zone)));
    }

    /** How many are remembered. */
    int nonces() {
        return nonces.size();
    }
}
