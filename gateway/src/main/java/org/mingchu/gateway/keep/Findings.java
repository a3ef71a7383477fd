package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the journal has to say about itself: how the record is being kept, and what is missing in
 * it. A finding stays until the commit that keeps it. One thread at a time, under the journal's
 * lock.
 */
final class Findings {
    /** How long a damage that was mended is shown. */
    static final Duration DAMAGE_SHOWN = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    private final List<Fact> facts = new ArrayList<>();

    /** How many of the facts wait for the next commit. */
    private int told;

    /** How many losses were found that nobody was shown yet. */
    private int lost;

    private StorageState condition = StorageState.SOUND;
    private Optional<Moment> damagedAt = Optional.empty();
    private String damage = "";
    private Optional<JournalException> trouble = Optional.empty();

    /** Something was found that the disk's next turn must not wait for. */
    private boolean urgent;

    StorageState condition() {
        return condition;
    }

    boolean inMemory() {
        return condition == StorageState.MEMORY;
    }

    void become(StorageState state, String detail) {
        if (state != condition) {
            condition = state;
            facts.add(new Fact.Storage(state, detail));
        }
    }

    /** The disk is full, and the reserve is in use. */
    void low(JournalException why) {
        become(StorageState.LOW, String.valueOf(why.getMessage()));
        urgent = true;
    }

    /** Part of the record was lost, and what is sound was saved. */
    void damaged(Losses losses, Moment now) {
        damagedAt = Optional.of(now);
        damage = losses.words();
        become(StorageState.DAMAGED, damage);
    }

    /** Something beside the record was damaged and was made anew. */
    void damagedBeside(String what, Moment now) {
        damage = what;
        if (condition == StorageState.SOUND || condition == StorageState.DAMAGED) {
            damagedAt = Optional.of(now);
            condition = StorageState.DAMAGED;
        }
        facts.add(new Fact.Storage(condition, what));
    }

    /** The record is on the disk again; a damage that was mended lately is still shown. */
    void onDisk(StorageState state) {
        if (damagedAt.isPresent()) {
            become(StorageState.DAMAGED, damage);
        } else {
            become(state, "");
        }
    }

    /** Whether the damage has been shown for long enough. */
    boolean damageIsOver(Moment now) {
        return condition == StorageState.DAMAGED
                && damagedAt.filter(at -> Upkeep.within(at, now, DAMAGE_SHOWN)).isEmpty();
    }

    void endDamage() {
        damagedAt = Optional.empty();
        if (condition == StorageState.DAMAGED) {
            become(StorageState.SOUND, "");
        }
    }

    /** The store did not answer; what says so first is what the disk is looked after for. */
    void troubled(JournalException why) {
        if (trouble.isEmpty()) {
            LOG.error("event=journal-unreadable cause=\"{}\"", why.getMessage());
            trouble = Optional.of(why);
            urgent = true;
        }
    }

    /** Some work on the store failed: only when that is damaged does trying again not help. */
    void damaged(JournalException why) {
        if (why.kind() == JournalException.Kind.DAMAGED) {
            troubled(why);
        }
    }

    Optional<JournalException> trouble() {
        return trouble;
    }

    /** The store that gave trouble is not used any more. */
    void endTrouble() {
        trouble = Optional.empty();
    }

    boolean isUrgent() {
        return urgent;
    }

    /** The disk is being looked after. */
    void attended() {
        urgent = false;
    }

    /** Loss was found while running: said in the record, and to the staff at the disk's turn. */
    void lost(Fact.Gap gap) {
        facts.add(gap);
        lost++;
        urgent = true;
    }

    /** The staff is told of what was found, unless they are told of something worse. */
    void showLoss(Moment now) {
        if (lost > 0 && (condition == StorageState.SOUND || condition == StorageState.DAMAGED)) {
            damagedAt = Optional.of(now);
            become(StorageState.DAMAGED, lost + " ranges of the record cannot be read any more");
            lost = 0;
        }
    }

    /** What is missing and was not said in a commit yet. */
    List<Fact.Gap> gaps() {
        return facts.stream().filter(Fact.Gap.class::isInstance).map(Fact.Gap.class::cast).toList();
    }

    /** All of it: to be kept with the next commit. */
    List<Fact> tell() {
        told = facts.size();
        return List.copyOf(facts);
    }

    /** What was told is kept. */
    void kept() {
        facts.subList(0, told).clear();
    }

    /** The commit is over: what it did not keep is told again. */
    void committed() {
        told = 0;
    }
}
