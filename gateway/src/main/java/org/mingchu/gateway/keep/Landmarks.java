package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.store.Batch;
import org.mingchu.gateway.keep.store.Store;

import java.util.OptionalLong;

/**
 * Where the last fact of a rare kind stands, noted with the commit that keeps it: a start must not
 * look for it through years of checkpoints and alarms. A note that is lost, or belongs to another
 * epoch, says nothing; whoever asks then looks for himself. One thread.
 */
final class Landmarks {
    private static final String NAME = "last-";

    private Landmarks() {}

    /** Notes the entry when it is of a kind that a start asks for. */
    static void set(Entry entry, Batch pending) {
        if (isAskedFor(entry.fact())) {
            pending.note(name(entry.fact().getClass()), entry.epoch() + ' ' + entry.seq());
        }
    }

    private static boolean isAskedFor(Fact fact) {
        return switch (fact) {
            case Fact.Started _, Fact.PlanChanged _, Fact.SelfTested _, Fact.Commissioned _ -> true;
            // Where one begins it is not known how it goes.
            case Fact.Drilled drill -> drill.ran().isPresent();
            default -> false;
        };
    }

    /** Which entry of the epoch is the last of its kind, as noted. */
    static OptionalLong seq(Store store, String epoch, Class<? extends Fact> kind) {
        return store.note(name(kind))
                .filter(note -> note.matches(epoch + " [0-9]{1,12}"))
                .map(note -> OptionalLong.of(Long.parseLong(note.substring(epoch.length() + 1))))
                .orElseGet(OptionalLong::empty);
    }

    private static String name(Class<? extends Fact> kind) {
        return NAME + kind.getSimpleName();
    }
}
