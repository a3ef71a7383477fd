package org.mingchu.gateway.keep.lab;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Allowance;
import org.mingchu.gateway.keep.Causes;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.Rounds;
import org.mingchu.gateway.keep.Seal;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.entry.RandomWords;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A scripted day at a journal: rounds, alarms, what people do, snapshots, progress, checkpoints,
 * restarts. The same seed gives the same day. What a commit refuses is appended again, as the house
 * does. A day of three lives has days between them: the first life is thinned in the second, which
 * changes the epoch and is held as evidence; before the third the file is damaged, so that it
 * begins with a salvage.
 */
final class Day {
    private static final int SENSORS = 16;

    /** Facts the house would hold while the disk refuses them. */
    private static final int HANDS = 64;

    private static final String PLAN = "plan";
    private static final String PLATFORM = "market-regulation";

    /** Between two lives: then readings may be thinned. */
    private static final long PAUSE_NS = Duration.ofDays(3).toNanos();

    /** Rounds from here on are held. */
    static final long HELD_FROM_NS = PAUSE_NS;

    /** A page of the database, of which none holds entries. */
    static final int FIRST_PAGE_BYTES = 1024;

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
        return new Moment("lab", upNs, upNs / 1_000_000, ClockState.SYNCED, 7);
    }

    /** Some lives of so many rounds each, with a clean close after each. */
    void run(int lives, int rounds) {
        for (var life = 0; life < lives; life++) {
            try {
                upNs += life == 0 ? 0 : PAUSE_NS;
                if (life == 2) {
                    damage();
                }
                // No two lives of the same seed may draw the same epoch.
                var journal = Journal.open(folder, new SecureRandom(), moment(upNs));
                OwnKeys.open(folder, chance, moment(upNs))
                        .ifPresent(key -> journal.sealWith(new Seal("a", "s", "g", key)));
                journal.allow(new Allowance(Duration.ofDays(1), 0, List.of(PLATFORM), List.of()));
                if (life == 1) {
                    hold(journal);
                    live(journal, rounds / 2);
                    beginEpoch(journal);
                }
                live(journal, life == 1 ? rounds / 2 : rounds);
                close(journal);
            } catch (RuntimeException e) {
                // A journal that does not open is a gateway that does not start.
                pen.add(new Account.Broken("threw " + e));
            }
        }
    }

    /** The first page, on the disk for sure. */
    private void damage() {
        try (var file =
                FileChannel.open(folder.resolve(Damage.DATABASE), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(FIRST_PAGE_BYTES), 0);
            file.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hold(Journal journal) {
        var person = new Person("p-1", Role.MANAGER, Strength.PIN);
        var all = new Fact.HoldPlaced("h-1", HELD_FROM_NS / 1_000_000, Long.MAX_VALUE, "", person);
        commit(journal, 0, List.of(all));
    }

    private void beginEpoch(Journal journal) {
        try {
            journal.beginEpoch(Causes.BOARD_CHANGED, moment(upNs));
        } catch (JournalException e) {
            pen.add(new Account.Refused("" + e.getMessage()));
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
        if (journal.condition() == StorageState.MEMORY) {
            noteMemory(journal);
        }
        List<Fact> hands = new ArrayList<>();
        for (var i = 0; i < rounds; i++) {
            upNs += 10_000_000_000L;
            hands.addAll(facts(i));
            if (hands.size() > HANDS) {
                hands.subList(0, hands.size() - HANDS).clear();
            }
            if (i % 60 == 30) {
                journal.sealSoon();
            }
            if (commit(journal, i, Stream.concat(hands.stream(), own(journal)).toList())) {
                hands.clear();
            }
            epoch = seen(journal, epoch);
            journal.tend(moment(upNs));
            epoch = seen(journal, epoch);
        }
    }

    /** What the house has the journal say of itself; not said again when it is refused. */
    private Stream<Fact> own(Journal journal) {
        try {
            var own = new ArrayList<>(journal.findings());
            own.addAll(journal.unsent(List.of(PLATFORM), 20));
            journal.checkpoint(moment(upNs)).ifPresent(own::add);
            return own.stream();
        } catch (JournalException e) {
            System.err.println("own: " + e.getMessage());
            return Stream.empty();
        }
    }

    private String seen(Journal journal, String epoch) {
        if (!journal.epoch().equals(epoch)) {
            noteMemory(journal);
        }
        return journal.epoch();
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
            journal.refused(e, moment(upNs));
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
        } catch (JournalException | IllegalArgumentException e) {
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
                    PLATFORM, Lane.READING, new Progress(Math.max(0, kept - 5), above));
        }
    }

    /** An epoch that began because the disk failed lives in memory. */
    private void noteMemory(Journal journal) {
        var first = journal.read(1, 1);
        if (!first.isEmpty()
                && first.getFirst().fact() instanceof Fact.EpochBegan(_, var cause)
                && (cause.equals("storage-failed") || journal.condition() == StorageState.MEMORY)) {
            pen.add(new Account.InMemory(journal.epoch()));
        }
    }
}
