package org.mingchu.sensors.mqtt;

import org.mingchu.sensors.Intake;
import org.mingchu.sensors.Moment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Hands what waits to the intake, one wave of sheaves at a time: what comes while a wave is being
 * kept makes the next, so that commits stay few however fast messages come. The loop's thread.
 */
final class Desk {
    private final Sorter sorter;
    private final Intake intake;
    private final Inbox inbox;
    private final Set<Sheaf> handed = new HashSet<>();
    private long handedNs;

    Desk(Sorter sorter, Intake intake, Inbox inbox) {
        this.sorter = sorter;
        this.intake = intake;
        this.inbox = inbox;
    }

    /** Whether nothing is in the intake's hands. */
    boolean isFree() {
        return handed.isEmpty();
    }

    void hand(Moment now) {
        if (!isFree() || sorter.size() == 0) {
            return;
        }
        handedNs = now.upNs();
        var sheaves = sorter.sheaves(now);
        handed.addAll(sheaves);
        for (var sheaf : sheaves) {
            var _ =
                    intake.take(sheaf.readings())
                            .whenComplete(
                                    (_, failure) -> inbox.tell(outcome(sheaf, failure == null)));
        }
    }

    private static Event outcome(Sheaf sheaf, boolean kept) {
        return kept ? new Event.Kept(sheaf) : new Event.Refused(sheaf);
    }

    /** The intake has answered; whether it was still waited for. */
    boolean answered(Sheaf sheaf) {
        return handed.remove(sheaf);
    }

    /** Since when the present wave is waited for; far ahead when there is none. */
    long handedNs() {
        return isFree() ? Long.MAX_VALUE : handedNs;
    }

    /** Waits no longer for the present wave. */
    List<Sheaf> giveUp() {
        var given = List.copyOf(handed);
        handed.clear();
        return given;
    }
}
