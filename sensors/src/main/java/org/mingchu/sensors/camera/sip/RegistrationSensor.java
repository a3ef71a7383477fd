package org.mingchu.sensors.camera.sip;

import org.mingchu.config.CameraLevel;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Announcing;
import org.mingchu.sensors.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.Consumer;

/** How one camera's registration stands. Any thread. */
final class RegistrationSensor implements Announcing {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationSensor.class);

    private final String camera;
    private final Reception reception;
    private volatile Optional<Consumer<Reading>> told = Optional.empty();

    /** Of the watch's thread alone. */
    private CameraVerdict last = CameraVerdict.UNKNOWN;

    RegistrationSensor(String camera, Reception reception) {
        this.camera = camera;
        this.reception = reception;
    }

    @Override
    public String id() {
        return CameraLevel.REGISTRATION.subject(camera);
    }

    @Override
    public void whenChanged(Consumer<Reading> told) {
        this.told = Optional.of(told);
    }

    @Override
    public Reading read() {
        return reading(reception.standing(camera).verdict());
    }

    /** Called every second: says what has changed since. */
    void look() {
        var standing = reception.standing(camera);
        if (standing.verdict() == last) {
            return;
        }
        last = standing.verdict();
        LOG.info(
                "event=registration camera={} verdict={} reason=\"{}\" address={}",
                camera,
                last.word(),
                standing.reason(),
                standing.address().orElse("none"));
        told.ifPresent(t -> t.accept(reading(last)));
    }

    private Reading reading(CameraVerdict verdict) {
        return new Reading.Seen(id(), verdict, 0);
    }
}
