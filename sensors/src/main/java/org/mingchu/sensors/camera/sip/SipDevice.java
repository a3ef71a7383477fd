package org.mingchu.sensors.camera.sip;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A camera or recorder that may register. Immutable.
 *
 * @param camera its id in the site file
 * @param id its 20 digits (GB/T 28181 annex on unified coding)
 * @param password its own; a shared one makes each camera able to speak for all
 * @param interval between its heartbeats, 5 s to 3600 s; what is not legal counts as absent.
 *     Absent, it is 60 s until the heartbeats themselves teach another
 * @param misses how many heartbeats may be missed, 1 to 10; what is not legal counts as absent, and
 *     absent is 3
 */
public record SipDevice(
        String camera,
        String id,
        String password,
        Optional<Duration> interval,
        Optional<Integer> misses) {
    private static final Pattern ID = Pattern.compile("[0-9]{20}");

    /**
     * @throws IllegalArgumentException if the id has other than 20 digits or the password is empty
     */
    public SipDevice {
        if (!isId(id)) {
            throw new IllegalArgumentException("a GB/T 28181 id has 20 digits: " + camera);
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("a camera needs a password: " + camera);
        }
    }

    /** One of which only the login is known. */
    public static SipDevice of(String camera, String id, String password) {
        return new SipDevice(camera, id, password, Optional.empty(), Optional.empty());
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SipDevice[" + camera + ", " + id + "]";
    }
}
