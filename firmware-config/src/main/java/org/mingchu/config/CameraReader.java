package org.mingchu.config;

import java.util.List;

/** Reads the cameras. */
final class CameraReader {
    /** Most cameras of one site; each is asked every 30 s over the kitchen's own network. */
    private static final int CAMERAS_MAX = 32;

    private static final Form<Integer> CHANNEL = Form.whole(1, 128, "");

    private static final String EXPECTED = "either rtsp, or nvr and channel";

    private CameraReader() {}

    static List<Camera> cameras(Table root, Census census) {
        return root.tables("camera", CAMERAS_MAX).stream().map(t -> camera(t, census)).toList();
    }

    private static Camera camera(Table table, Census census) {
        var id = table.ask("id", Form.ID);
        id.ifPresent(i -> census.claimId(i, table.spot("id")));
        var name = table.need("name", Form.TEXT);
        var stream = stream(table);
        var credentials = table.may("credentials", Form.ID);
        table.end();
        return new Camera(id.orElse(""), name, stream, credentials);
    }

    private static Camera.Stream stream(Table table) {
        var rtsp = table.may("rtsp", Addresses.RTSP);
        var nvr = table.may("nvr", Form.ID);
        var channel = table.may("channel", CHANNEL);
        checkChoice(table);
        if (!table.has("nvr")) {
            return new Camera.Stream.Rtsp(rtsp.orElse(Addresses.RTSP.standIn()));
        }
        table.problems().later(table.spot("nvr"), "the camera is not watched");
        return new Camera.Stream.Recorder(nvr.orElse(""), channel.orElse(CHANNEL.standIn()));
    }

    private static void checkChoice(Table table) {
        var partly = table.has("nvr") || table.has("channel");
        var recorder = table.has("nvr") && table.has("channel");
        if (table.has("rtsp") && partly) {
            table.problems().error(table.header().showing("both"), EXPECTED);
        } else if (!table.has("rtsp") && !recorder) {
            table.problems().missing(table.header(), EXPECTED);
        }
    }
}
