package org.mingchu.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything of one kitchen that sees. Immutable.
 *
 * @param door where cameras register by GB/T 28181
 */
public record Video(List<Camera> cameras, List<Recorder> recorders, Optional<Gb28181.Door> door) {
    public static final Video NONE = new Video(List.of(), List.of(), Optional.empty());

    /** The site's cameras as a whole, as a subject. */
    public static final String ALL = "cameras";

    /** With fewer hosts the loss of most is the loss of one or two. */
    public static final int HOSTS_MIN = 3;

    public Video {
        cameras = List.copyOf(cameras);
        recorders = List.copyOf(recorders);
    }

    /**
     * One level of one camera or recorder: what readings and alarms are about. Immutable.
     *
     * @param subject the id that readings and alarms carry
     * @param owner the id of the camera or recorder, {@link #ALL} for all of them
     * @param name the owner's, as people call it; all of them together have none
     */
    public record Eye(String subject, CameraLevel level, String owner, Optional<String> name) {}

    /** The recorder a camera hangs on. */
    public Optional<Recorder> recorder(Camera camera) {
        return camera.stream() instanceof Camera.Stream.Recorder(var nvr, _)
                ? recorders.stream().filter(r -> r.id().equals(nvr)).findFirst()
                : Optional.empty();
    }

    /** All that is watched, in the order of the site file: recorders, then cameras, then all. */
    public List<Eye> eyes() {
        var eyes = new ArrayList<Eye>();
        for (var recorder : recorders) {
            recorder.levels().forEach(l -> eyes.add(eye(l, recorder.id(), recorder.name())));
        }
        for (var camera : cameras) {
            camera.levels(recorder(camera))
                    .forEach(l -> eyes.add(eye(l, camera.id(), camera.name())));
        }
        if (watchesNetwork()) {
            eyes.add(new Eye(ALL, CameraLevel.STREAM, ALL, Optional.empty()));
        }
        return List.copyOf(eyes);
    }

    /** Whether so much is watched that the loss of most of it means the network. */
    public boolean watchesNetwork() {
        return Set.copyOf(hosts().values()).size() >= HOSTS_MIN;
    }

    private static Eye eye(CameraLevel level, String owner, String name) {
        return new Eye(level.subject(owner), level, owner, Optional.of(name));
    }

    /** At which host each stream is; a channel is at its recorder's. */
    public Map<String, String> hosts() {
        var hosts = new LinkedHashMap<String, String>();
        recorders.forEach(r -> hosts.put(r.id(), String.valueOf(r.stream(1).getHost())));
        for (var camera : cameras) {
            switch (camera.stream()) {
                case Camera.Stream.Rtsp(var at) ->
                        hosts.put(camera.id(), String.valueOf(at.getHost()));
                case Camera.Stream.Recorder(var nvr, _) ->
                        hosts.put(camera.id(), hosts.getOrDefault(nvr, nvr));
            }
        }
        return hosts;
    }
}
