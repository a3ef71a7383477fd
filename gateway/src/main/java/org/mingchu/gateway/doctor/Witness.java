package org.mingchu.gateway.doctor;

import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.sensors.Moment;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a running agent says of itself. Immutable.
 *
 * @param state as it stands after the last commit
 * @param storage how the record is kept
 * @param waiting how many kept entries each platform, by id, does not have yet
 * @param signed when the last checkpoint was signed
 * @param witnessed when a platform last cosigned one
 * @param deaf addresses of [console] and [coap] that it cannot listen at
 * @param missingPins lamps and buzzer of the site file that the board does not give
 * @param standIn what it goes on by, when it cannot use the files it follows
 */
public record Witness(
        State state,
        StorageState storage,
        Map<String, Long> waiting,
        Optional<Moment> signed,
        Optional<Moment> witnessed,
        List<String> deaf,
        List<String> missingPins,
        Optional<StandIn> standIn) {
    public Witness {
        waiting = Map.copyOf(waiting);
        deaf = List.copyOf(deaf);
        missingPins = List.copyOf(missingPins);
    }
}
