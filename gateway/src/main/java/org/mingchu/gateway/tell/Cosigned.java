package org.mingchu.gateway.tell;

import org.mingchu.config.Identity;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Takes the checkpoints that the platform has cosigned. It only asks whether they can be of this
 * journal; who signed them is asked where they are kept. One thread.
 */
final class Cosigned {
    private static final Logger LOG = LoggerFactory.getLogger(Cosigned.class);

    private final String platform;
    private final String log;
    private final OneEpoch outbox;
    private final Recent recent;
    private final Notices notices;
    private final LongConsumer ahead;

    /**
     * Takes receipts while one epoch lasts.
     *
     * @param ahead hears of a tree that the platform has and we do not
     */
    Cosigned(
            String platform,
            Identity identity,
            OneEpoch outbox,
            Notices notices,
            LongConsumer ahead) {
        this.platform = platform;
        this.outbox = outbox;
        this.notices = notices;
        this.ahead = ahead;
        recent = new Recent(outbox);
        log = "mingchu/%s/%s/%s/".formatted(identity.area(), identity.site(), identity.gateway());
    }

    void take(String text) {
        CheckpointNote.read(text)
                .filter(note -> note.origin().equals(log + note.epoch()))
                .ifPresentOrElse(this::take, () -> unreadable(text));
    }

    private void take(CheckpointNote note) {
        if (note.epoch().equals(outbox.epoch())
                && (note.size() > outbox.lastSeq() || isOfAnotherTree(note))) {
            ahead.accept(note.size());
        } else {
            notices.receipt(note.text());
        }
    }

    /** Of a checkpoint that was not told lately nothing can be said here. */
    private boolean isOfAnotherTree(CheckpointNote note) {
        return recent.find(entry -> isOfSize(entry, note)).stream()
                .flatMap(entry -> read(entry).stream())
                .anyMatch(ours -> !ours.root().equals(note.root()));
    }

    private static boolean isOfSize(Entry entry, CheckpointNote note) {
        return read(entry)
                .filter(ours -> ours.origin().equals(note.origin()))
                .filter(ours -> ours.size() == note.size())
                .isPresent();
    }

    private static Optional<CheckpointNote> read(Entry entry) {
        return entry.fact() instanceof Fact.Checkpointed(var note)
                ? CheckpointNote.read(note)
                : Optional.empty();
    }

    private void unreadable(String text) {
        LOG.warn(
                "event=receipt-unreadable platform={} chars={} remedy=\"the platform must return a"
                        + " checkpoint of {} with its signature, as contract/receipt.json says\"",
                platform,
                text.length(),
                log);
    }
}
