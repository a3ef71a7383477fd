package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.camera.http.Snapshot.Shot;
import org.mingchu.sensors.camera.onvif.Onvif;
import org.mingchu.sensors.camera.onvif.Told;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pictures of a camera whose snapshot address is not in the site file: it is asked by ONVIF where
 * they are, and again when none comes from there. One thread at a time.
 */
public final class NamedShots implements Shots {
    /** A smaller picture than what is judged would be blown up first. */
    private static final int WIDTH_MIN = 480;

    private static final int HEIGHT_MIN = 270;

    private final Onvif onvif;
    private final Function<URI, Shots> at;
    private Optional<Shots> found = Optional.empty();

    /**
     * @param at pictures at an address, which is at the camera's own host
     */
    public NamedShots(Onvif onvif, Function<URI, Shots> at) {
        this.onvif = onvif;
        this.at = at;
    }

    @Override
    public Shot take() {
        return found.map(this::from)
                .orElseGet(() ->
                        switch (address()) {
                            case Told.Known<URI>(var address) -> from(at.apply(address));
                            // A camera that has no snapshots is not at fault.
                            case Told.Absent<URI>(var cause) ->
                                    new Shot.Unseen("asked by ONVIF for its snapshot: " + cause);
                            case Told.Failed<URI>(var stage, var cause) ->
                                    new Shot.None(
                                            stage, "asked by ONVIF for its snapshot: " + cause);
                        });
    }

    private Shot from(Shots shots) {
        var shot = shots.take();
        found = shot instanceof Shot.Picture ? Optional.of(shots) : Optional.empty();
        return shot;
    }

    /** In the camera's own time, which a restart may have set. */
    private Told<URI> address() {
        var _ = onvif.clock();
        return onvif.profiles()
                .then(profiles ->
                        best(profiles)
                                .map(profile -> onvif.picture(profile.token()))
                                .orElseGet(() ->
                                        new Told.Failed<>(
                                                CameraVerdict.PROTOCOL, "it has no profile")));
    }

    /**
     * The least picture of its first source that need not be blown up: always the same one, for
     * another size is another view.
     */
    static Optional<Onvif.Profile> best(List<Onvif.Profile> profiles) {
        var own =
                profiles.stream()
                        .filter(p -> p.source().equals(profiles.getFirst().source()))
                        .toList();
        return own.stream()
                .filter(p -> p.width() >= WIDTH_MIN && p.height() >= HEIGHT_MIN)
                .min(Comparator.comparingInt(p -> p.width() * p.height()))
                .or(() -> own.stream().findFirst());
    }
}
