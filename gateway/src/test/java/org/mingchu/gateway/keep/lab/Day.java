package org.mingchu.gateway.keep.lab;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Rounds;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.entry.RandomWords;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A scripted day at a journal: rounds, alarms, what people do, snapshots, progress, restarts. The
 * same seed gives the same day. What a commit refuses is appended again, as the house does.
 */
final class Day {
    private static final int SENSORS = 16;

    /** Facts the house would hold while the disk refuses them. */
    private static final int HANDS = 64;

    private static final String PLAN = "plan";

    private final Path folder;
    private final Account.Pen pen;
    private final Random chance;
    private final RandomWords words;
    private final CborWriter writer = new CborWriter();
    private long upNs = 1;

    Day(Path folder, Account.Pen pen, long seed) {
        this.folder = folder;
        this.pen = pen;
        this.chance = new Random(seed);
        this.words = new RandomWords(chance);
    }

    static Moment moment(long upNs) {
        return new Moment("lab", upNs, upNs, ClockState.UNSYNCED, 7);
    }

    /** Some lives of so many rounds each, with a clean close after each. */
    void run(int lives, int rounds) {
        for (var life = 0; life < lives; life++) {
            try {
                var journal = Journal.open(folder, chance, moment(upNs));
                live(journal, rounds);
                close(journal);
            } catch (RuntimeException e) {
                // A journal that does not open is a gateway that does not start.
                pen.add(new Account.Broken("threw " + e));
            }
        }
    }

    /** On a bad disk it may say that it cannot; nothing depends on it. */
    private static void close(Journal journal) {
        try {
            journal.close();
        } catch (JournalException e) {
            System.err.println("close: " + e.getMessage());
        }
    }

    /** So many rounds at an open journal. */
    void live(Journal journal, int rounds) {
        var epoch = journal.epoch();
        List<Fact> hands = new ArrayList<>();
        for (var i = 0; i < rounds; i++) {
            upNs += 10_000_000_000L;
            hands.addAll(facts(i));
            if (hands.size() > HANDS) {
                hands.subList(0, hands.size() - HANDS).clear();
            }
            if (commit(journal, i, hands)) {
                hands.clear();
            }
            if (!journal.epoch().equals(epoch)) {
                epoch = journal.epoch();
                noteMemory(journal);
            }
        }
    }

    private List<Fact> facts(int i) {
        var facts = new ArrayList<Fact>();
        facts.add(Rounds.of(SENSORS, chance));
        if (i % 7 == 3) {
            facts.add(new Fact.Alarm(words.event()));
        }
        if (i % 11 == 5) {
            // Acknowledged, Silenced, Link: not what the journal says by itself.
            facts.add(words.fact(6 + chance.nextInt(3)));
        }
        return facts;
    }

    private boolean commit(Journal journal, int i, List<Fact> facts) {
        try {
            var entries = journal.append(moment(upNs), facts);
            pen.appended(entries);
            keepBeside(journal, i, entries.getLast());
            journal.commit();
            pen.add(new Account.Committed());
            look(journal, entries.getLast());
            look(journal, entries.getFirst());
            return true;
        } catch (JournalException e) {
            pen.add(new Account.Refused("" + e.getMessage()));
            return false;
        }
    }

    /** A disk that lies or fails may make it say nothing, never something else. */
    private void look(Journal journal, Entry entry) {
        try {
            var bytes = journal.bytes(entry.seq());
            if (journal.epoch().equals(entry.epoch())
                    && !Arrays.equals(bytes, EntryCodec.encode(writer, entry))) {
                pen.add(new Account.Broken("shows another entry than " + entry));
            }
        } catch (JournalException e) {
            System.err.println("read: " + e.getMessage());
        }
    }

    private void keepBeside(Journal journal, int i, Entry last) {
        if (i % 40 == 20) {
            journal.saveSnapshot(words.state(last.epoch(), last.seq()), PLAN);
        }
        if (i % 9 == 4) {
            // A platform can have only what was committed.
            var kept = journal.lastSeq();
            var above = kept > 5 ? List.of(new SeqRange(kept, kept)) : List.<SeqRange>of();
            journal.saveProgress(
                    "market-regulation", Lane.READING, new Progress(Math.max(0, kept - 5), above));
        }
    }

    /** An epoch that began because the disk failed lives in memory. */
    private void noteMemory(Journal journal) {
        var first = journal.read(1, 1);
        if (!first.isEmpty()
                && first.getFirst().fact() instanceof Fact.EpochBegan(_, var cause)
                && cause.equals("storage-failed")) {
            pen.add(new Account.InMemory(journal.epoch()));
        }
    }
}
