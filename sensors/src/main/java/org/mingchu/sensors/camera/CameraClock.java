package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sensor;
import org.mingchu.sensors.camera.onvif.Onvif;
import org.mingchu.sensors.camera.onvif.Skew;
import org.mingchu.sensors.camera.onvif.Told;

/**
 * Whether a camera's clock is right: a picture with a wrong time on it proves nothing. Asked by
 * ONVIF in the background. Any thread.
 */
public final class CameraClock implements Sensor {
    private final String id;
    private final Asking asking;

    /**
     * @param id the clock level's subject
     */
    public CameraClock(String id, Onvif onvif, Clock clock) {
        this.id = id;
        this.asking =
                new Asking(
                        id,
                        Asking.Pace.of(RecorderProbe.RECORDS_EVERY),
                        clock,
                        findings -> findings.say(id, found(onvif.clock())));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Reading read() {
        return asking.read(id);
    }

    static Found found(Told<Skew> told) {
        return switch (told) {
            case Told.Known<Skew>(var skew) ->
                    new Found(skew.verdict(), "ahead by " + skew.ms() + " ms");
            case Told.Absent<Skew>(var cause) -> new Found(CameraVerdict.UNKNOWN, cause);
            case Told.Failed<Skew>(var stage, var cause) ->
                    new Found(CameraVerdict.UNKNOWN, stage.word() + ": " + cause);
        };
    }
}
