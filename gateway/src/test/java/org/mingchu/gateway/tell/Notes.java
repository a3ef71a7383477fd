package org.mingchu.gateway.tell;

/** Checkpoints that look like ours; nobody has really signed them. */
final class Notes {
    static final String LOG = "mingchu/gz-liwan/gz-liwan-0042/gw-1/";

    private Notes() {}

    static String checkpoint(String epoch, long size) {
        return checkpoint(LOG + epoch, size, 'A');
    }

    static String checkpoint(String origin, long size, char root) {
        return origin
                + "\n"
                + size
                + "\n"
                + String.valueOf(root).repeat(43)
                + "=\n\n— gz-liwan/gz-liwan-0042/gw-1 c2lnbmF0dXJl\n";
    }

    static String receipt(String epoch, long size, char root) {
        return checkpoint(LOG + epoch, size, root) + "— platform.example/a Y29zaWduYXR1cmU=\n";
    }
}
