package org.mingchu.sensors.camera.sip;

import java.util.List;

/**
 * What one device is asked to answer: both digests, in two headers with one nonce. Whoever says
 * that it speaks the 2022 edition gets SHA-256 first, as RFC 8760 wants it. Everybody else gets MD5
 * first, in the 2016 edition's own form without {@code qop}: of the programs that know MD5 alone,
 * some take the first header and give up where it is another (SIPp does). Whoever answers neither
 * time is asked for MD5 alone every other time, and whoever answers that is asked so again. One
 * thread.
 */
final class Challenges {
    /** So often both are offered before the plain form is tried. */
    private static final int BOTH_FIRST = 2;

    private int unanswered;
    private boolean plain;

    /** Whether a login came too late, or is no login at all. */
    enum Because {
        NO_LOGIN(""),
        STALE(", stale=true");

        private final String parameter;

        Because(String parameter) {
            this.parameter = parameter;
        }
    }

    /** Which edition a device says it speaks. */
    enum Edition {
        UNTOLD,
        /** Its {@code X-GB-Ver} is 3.0. */
        OF_2022
    }

    SipReply next(String realm, String nonce, Edition edition, Because why) {
        plain = unanswered == BOTH_FIRST;
        unanswered = unanswered > BOTH_FIRST ? BOTH_FIRST : unanswered + 1;
        var head = "WWW-Authenticate: Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\"";
        var md5 = head + ", algorithm=MD5" + why.parameter;
        var sha256 = head + ", algorithm=SHA-256, qop=\"auth\"" + why.parameter;
        return SipReply.unauthorized(plain ? List.of(md5) : ordered(edition, md5, sha256));
    }

    private static List<String> ordered(Edition edition, String md5, String sha256) {
        return switch (edition) {
            case UNTOLD -> List.of(md5, sha256);
            case OF_2022 -> List.of(sha256, md5);
        };
    }

    /** The last one was answered well. */
    void answered() {
        unanswered = plain ? BOTH_FIRST : 0;
    }
}
