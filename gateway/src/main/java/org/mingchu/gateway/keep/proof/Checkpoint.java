package org.mingchu.gateway.keep.proof;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The state of a tree as a note says it (c2sp.org/tlog-checkpoint). Lines after the third are
 * signed with it and mean nothing here. Immutable.
 *
 * @param origin whose tree, which epoch
 * @param size how many leaves
 * @param base64Root the root, 32 bytes in base64
 */
public record Checkpoint(String origin, long size, String base64Root) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final int LINES = 3;

    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0) {
            throw new NoteException("a checkpoint without origin");
        }
        if (size < 0) {
            throw new NoteException("a checkpoint of " + size + " leaves");
        }
        if (SignedNote.base64(base64Root).length != Merkle.HASH_BYTES) {
            throw new NoteException("a checkpoint's root has 32 bytes");
        }
    }

    public static Checkpoint of(String origin, long size, byte[] root) {
        return new Checkpoint(origin, size, Base64.getEncoder().encodeToString(root));
    }

    /** The origin line of an epoch's tree. */
    public static String origin(String area, String site, String gateway, String epoch) {
        return "mingchu/" + keyName(area, site, gateway) + '/' + epoch;
    }

    /** The name under which a device signs. */
    public static String keyName(String area, String site, String gateway) {
        return area + '/' + site + '/' + gateway;
    }

    /**
     * Reads the text of a note.
     *
     * @throws NoteException when it is no checkpoint
     */
    public static Checkpoint parse(String text) {
        var lines = text.split("\n", -1);
        if (lines.length <= LINES || !lines[lines.length - 1].isEmpty()) {
            throw new NoteException("a checkpoint has three lines");
        }
        for (var i = 0; i < lines.length - 1; i++) {
            if (lines[i].isEmpty()) {
                throw new NoteException("an empty line in a checkpoint");
            }
        }
        if (!SIZE.matcher(lines[1]).matches()) {
            throw new NoteException("not a number of leaves: '" + lines[1] + "'");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), lines[2]);
    }

    public byte[] root() {
        return Base64.getDecoder().decode(base64Root);
    }

    /** What is signed. */
    public String text() {
        return origin + '\n' + size + '\n' + base64Root + '\n';
    }
}
