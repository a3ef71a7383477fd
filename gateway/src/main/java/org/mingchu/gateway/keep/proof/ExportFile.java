package org.mingchu.gateway.keep.proof;

import java.util.regex.Pattern;

/** The names of the files of an export. */
final class ExportFile {
    static final int MAX_NAME = 200;
    static final String DEVICE_KEYS = "keys/device.vkey";
    static final String ENTRIES = "/entries.cbor";
    static final String LEAVES = "/leaves.bin";
    static final String NODES = "/nodes.cbor";
    static final String GAPS = "/gaps.cbor";

    private static final String PART = "[A-Za-z0-9._-]+";
    private static final Pattern NAME = Pattern.compile(PART + "(/" + PART + "){0,3}");
    private static final Pattern DOTS = Pattern.compile("(.*/)?\\.{1,2}(/.*)?");

    private static final String SIZE = "(0|[1-9][0-9]{0,12})";

    /** Every file of section 3 of export.md. */
    private static final Pattern KNOWN =
            Pattern.compile(
                    "manifest\\.(json|note)|(readings|alarms|acts)\\.csv|keys/[^/]+\\.vkey"
                            + "|[0-9a-f]{16}/(entries\\.cbor|leaves\\.bin|nodes\\.cbor|gaps\\.cbor"
                            + "|checkpoints/"
                            + SIZE
                            + "\\.note|receipts/[^/]+/"
                            + SIZE
                            + "\\.note|timestamps/"
                            + SIZE
                            + "\\.tsr)");

    private ExportFile() {}

    static boolean sound(String name) {
        return name.length() <= MAX_NAME
                && NAME.matcher(name).matches()
                && !DOTS.matcher(name).matches()
                && KNOWN.matcher(name).matches();
    }

    static String platformKeys(String platform) {
        return "keys/" + platform + ".vkey";
    }

    static String checkpoint(String epoch, long size) {
        return epoch + "/checkpoints/" + size + ".note";
    }

    static String receipt(String epoch, String platform, long size) {
        return epoch + "/receipts/" + platform + '/' + size + ".note";
    }
}
