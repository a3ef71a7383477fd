package org.mingchu.gateway.tell;

/** MQTT 5 reason codes (OASIS MQTT 5.0 section 2.4) as the courier judges them. */
final class Reasons {
    /** From here on a reason code is a refusal. */
    static final int REFUSED_FROM = 0x80;

    /** Taken, but nobody is subscribed. */
    static final int NO_SUBSCRIBERS = 0x10;

    private Reasons() {}

    static boolean refuses(int code) {
        return code >= REFUSED_FROM;
    }

    /** Whether only somebody at the platform can mend it: waiting a minute does not. */
    static boolean lasting(int code) {
        return switch (code) {
            case 0x87, 0x90, 0x95, 0x99 -> true;
            default -> false;
        };
    }

    /** Whether it is about this one message, so that the next one may pass. */
    static boolean ofThisMessage(int code) {
        return code == 0x95 || code == 0x99;
    }

    static String words(int code) {
        var words =
                switch (code) {
                    case 0x10 -> "nobody is subscribed";
                    case 0x80 -> "unspecified error";
                    case 0x83 -> "implementation specific error";
                    case 0x84 -> "protocol version not supported";
                    case 0x85 -> "client identifier not valid";
                    case 0x86 -> "bad user name or password";
                    case 0x87 -> "not authorised";
                    case 0x88 -> "server unavailable";
                    case 0x89 -> "server busy";
                    case 0x8a -> "banned";
                    case 0x8c -> "bad authentication method";
                    case 0x8e -> "another client has taken over this session";
                    case 0x90 -> "topic name invalid";
                    case 0x95 -> "packet too large";
                    case 0x97 -> "quota exceeded";
                    case 0x99 -> "payload format invalid";
                    case 0x9f -> "connection rate exceeded";
                    default -> "reason code";
                };
        return words + " (0x%02x)".formatted(code);
    }
}
