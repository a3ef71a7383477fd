package org.mingchu.sensors.camera.sip;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.HandClock;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;

/**
 * One registrar that hears all that comes, so that its memory shows what grows: nobody without the
 * password is registered, and the answers are bounded.
 */
public final class RegistrarFuzz {
    private static final HandClock CLOCK = new HandClock();
    private static final Reception RECEPTION = reception();
    private static final long MS_EACH = 7;

    /** An answer repeats the heads of its question and adds a challenge. */
    private static final int ADDED_BYTES_MAX = 1_024;

    private RegistrarFuzz() {}

    private static Reception reception() {
        var device = SipDevice.of("cam", Site.ID, Site.PASSWORD);
        var reception = new Reception(Site.settings(), List.of(device), CLOCK, new SecureRandom());
        reception.hears();
        return reception;
    }

    public static void fuzzerTestOneInput(byte[] message) {
        var peer = new Peer(Transport.UDP, InetAddress.getLoopbackAddress(), 5060);
        RECEPTION
                .answer(message, peer)
                .ifPresent(answer -> check(answer.length <= message.length + ADDED_BYTES_MAX));
        CLOCK.add(MS_EACH);
        var verdict = RECEPTION.standing("cam").verdict();
        check(verdict == CameraVerdict.UNKNOWN || verdict == CameraVerdict.UNREGISTERED);
        check(RECEPTION.findings().size() < 7 * Findings.OF_A_KIND_MAX);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("a stranger is registered, or an answer is too long");
        }
    }
}
