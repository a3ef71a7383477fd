package org.mingchu.gateway.keep.lab;

import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.Rounds;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.store.JournalException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What a journal owes whoever opens it after whatever happened: it opens; what it had confirmed is
 * there byte for byte; what nobody appended is not; a hole is a gap; and it goes on.
 */
final class Contract {
    /** What may be missing. */
    enum Loss {
        /** Nothing that was confirmed. */
        NONE,
        /** Confirmed entries, each with its gap, or the end of an epoch of which all is said. */
        SAID,
        /** As before, and silently the last two commits: a power cut breaks the last one, too. */
        LAST,
        /** As before, and silently the end: where nothing is left that could tell. */
        END
    }

    /**
     * What came of it.
     *
     * @param confirmed entries the journal had confirmed
     * @param lost those of them that are no longer there
     * @param silent those of them that no gap and no new epoch tells of
     */
    record Outcome(int confirmed, int lost, int silent) {
        Outcome plus(Outcome other) {
            return new Outcome(
                    confirmed + other.confirmed, lost + other.lost, silent + other.silent);
        }
    }

    /** What was done to the files. */
    interface Harm {
        /** Whether bytes of the entry's place are others: else it may not be missing. */
        boolean touched(String epoch, long seq);

        /** Whether it may be missing without a word, where that is possible at all. */
        boolean traceless(String epoch, long seq);
    }

    /** Nobody knows what it has touched. */
    private static final Harm ANY =
            new Harm() {
                @Override
                public boolean touched(String epoch, long seq) {
                    return true;
                }

                @Override
                public boolean traceless(String epoch, long seq) {
                    return true;
                }
            };

    /** Later than everything in a day of the lab. */
    private static final long AFTER_NS = Long.MAX_VALUE / 2;

    /** Longer than it is ever patient with a disk that failed. */
    private static final long TEND_NS = 700_000_000_000L;

    private static final int TENDED_MAX = 6;

    /** It costs as much as all the rest of a trial. */
    private static final boolean SECOND_START = Proof.pick(0, 1, 1) == 1;

    private record Name(String epoch, long seq) {}

    private final Loss loss;
    private final Harm harm;
    private final Map<Name, byte[]> confirmed = new HashMap<>();
    private final Map<Name, List<byte[]>> appended = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    /** What each commit confirmed. */
    private final List<List<Name>> commits = new ArrayList<>();

    Contract(Account account, Loss loss) {
        this(account, loss, ANY);
    }

    Contract(Account account, Loss loss, Harm harm) {
        this.loss = loss;
        this.harm = harm;
        var inMemory = new HashSet<String>();
        var waiting = new ArrayList<Account.Appended>();
        for (var line : account.lines()) {
            switch (line) {
                case Account.Appended entry -> {
                    waiting.add(entry);
                    appended.computeIfAbsent(name(entry), _ -> new ArrayList<>())
                            .add(entry.bytes());
                }
                case Account.Committed _ -> {
                    confirm(waiting, inMemory);
                    waiting.clear();
                }
                case Account.Refused _ -> waiting.clear();
                case Account.InMemory(var epoch) -> inMemory.add(epoch);
                case Account.Broken(var what) -> broken.add(what);
            }
        }
        // The line that an epoch is in memory follows its first commit.
        confirmed.keySet().removeIf(name -> inMemory.contains(name.epoch()));
    }

    private void confirm(List<Account.Appended> entries, Set<String> inMemory) {
        commits.add(entries.stream().map(Contract::name).toList());
        for (var entry : entries) {
            if (!inMemory.contains(entry.epoch())) {
                confirmed.put(name(entry), entry.bytes());
            }
        }
    }

    private static Name name(Account.Appended entry) {
        return new Name(entry.epoch(), entry.seq());
    }

    /** Opens the journal as a restart does, and holds it to the contract. */
    Outcome check(Path folder) {
        if (!broken.isEmpty()) {
            throw new AssertionError("while it ran: " + broken.getFirst());
        }
        if (OwnKeys.open(folder, new Random(3), Day.moment(AFTER_NS)).isEmpty()) {
            throw new AssertionError("no key to sign with");
        }
        Outcome outcome;
        try (var journal = Journal.open(folder, new Random(1), Day.moment(AFTER_NS))) {
            outcome = judge(Found.in(journal));
            goesOn(journal);
            comesBack(journal);
        } catch (JournalException e) {
            throw new AssertionError("the journal refuses: " + e.getMessage(), e);
        }
        if (SECOND_START) {
            startAgain(folder);
        }
        return outcome;
    }

    /** What the first start repaired, a second one finds whole. */
    private void startAgain(Path folder) {
        try (var journal = Journal.open(folder, new Random(2), Day.moment(AFTER_NS))) {
            judge(Found.in(journal));
        } catch (JournalException e) {
            throw new AssertionError("the second start refuses: " + e.getMessage(), e);
        }
    }

    private Outcome judge(Found found) {
        found.epochs()
                .forEach((epoch, entries) ->
                        entries.forEach((seq, bytes) -> known(epoch, seq, bytes)));
        found.again()
                .forEach((epoch, entries) ->
                        entries.forEach((seq, bytes) -> known(epoch, seq, bytes)));
        holes(found);
        var lost = 0;
        var silent = 0;
        for (var entry : confirmed.entrySet()) {
            var name = entry.getKey();
            var bytes = found.bytes(name.epoch(), name.seq());
            if (Arrays.equals(bytes, entry.getValue())) {
                continue;
            }
            if (bytes.length > 0 && (!mayEndEarlier(name) || !ours(bytes))) {
                throw new AssertionError(name + " is not what was confirmed");
            }
            var fact = decode(name.epoch(), name.seq(), entry.getValue());
            if (bytes.length == 0 && found.thinned(name.epoch(), name.seq())) {
                if (mayBeThinned(fact)) {
                    continue;
                }
                if (loss != Loss.END) {
                    throw new AssertionError(name + " was thinned, which may never go: " + fact);
                }
            }
            if (loss == Loss.NONE && fact.fact().lane() == Lane.ALARM) {
                throw new AssertionError("a confirmed alarm is lost: " + fact);
            }
            lost++;
            if (!harm.touched(name.epoch(), name.seq())) {
                throw new AssertionError("lost, and its bytes are whole: " + name);
            }
            if (!told(found, name, fact)) {
                if (!harm.traceless(name.epoch(), name.seq())) {
                    throw new AssertionError("lost without a word: " + name);
                }
                silent++;
                if (!mayEndEarlier(name)) {
                    throw new AssertionError(name + " of " + confirmed.size() + " lost silently");
                }
            }
        }
        if (lost > 0 && loss == Loss.NONE) {
            throw new AssertionError(lost + " of " + confirmed.size() + " confirmed entries lost");
        }
        return new Outcome(confirmed.size(), lost, silent);
    }

    /** Only rounds go to make room, and none that is held as evidence: others are lost. */
    private static boolean mayBeThinned(Entry entry) {
        return entry.fact() instanceof Fact.Round && entry.at().upNs() < Day.HELD_FROM_NS;
    }

    private boolean mayEndEarlier(Name name) {
        return switch (loss) {
            case NONE, SAID -> false;
            case LAST ->
                    commits.subList(Math.max(0, commits.size() - 2), commits.size()).stream()
                            .anyMatch(commit -> commit.contains(name));
            case END -> true;
        };
    }

    /** Its gap is there, or it is of the end of an epoch that is said to have ended. */
    private static boolean told(Found found, Name name, Entry entry) {
        var gap =
                mayBeThinned(entry)
                        ? found.gap(name.epoch(), name.seq())
                        : found.loss(name.epoch(), name.seq());
        return gap || (found.ended(name.epoch()) && name.seq() > found.last(name.epoch()));
    }

    /** Appended by this check: under a name that was free again after a silent end. */
    private static boolean ours(byte[] bytes) {
        return decode("?", 0, bytes).at().upNs() >= AFTER_NS;
    }

    private void known(String epoch, long seq, byte[] bytes) {
        var options = appended.getOrDefault(new Name(epoch, seq), List.of());
        if (options.stream().anyMatch(option -> Arrays.equals(option, bytes))) {
            return;
        }
        var entry = decode(epoch, seq, bytes);
        if (!entry.epoch().equals(epoch) || entry.seq() != seq) {
            throw new AssertionError(epoch + "/" + seq + " holds " + entry);
        }
        if (!journalsOwn(entry.fact()) && !ours(bytes)) {
            throw new AssertionError(epoch + "/" + seq + " was never appended: " + entry);
        }
    }

    private static Entry decode(String epoch, long seq, byte[] bytes) {
        try {
            return EntryCodec.decode(bytes);
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            throw new AssertionError("shows damaged bytes at " + epoch + "/" + seq, e);
        }
    }

    /** What the journal says by itself. */
    private static boolean journalsOwn(Fact fact) {
        return switch (fact) {
            case Fact.EpochBegan _,
                    Fact.Gap _,
                    Fact.CarriedAlarm _,
                    Fact.CarriedCheckpoint _,
                    Fact.Rekeyed _,
                    Fact.Checkpointed _,
                    Fact.Storage _ ->
                    true;
            default -> false;
        };
    }

    private static void holes(Found found) {
        found.epochs()
                .forEach((epoch, entries) -> {
                    for (var seq = 1L; seq < found.last(epoch); seq++) {
                        if (!entries.containsKey(seq) && !found.gap(epoch, seq)) {
                            throw new AssertionError("no gap for " + epoch + "/" + seq);
                        }
                    }
                });
    }

    /** Nothing is wrong with the disk any more, whatever it was: the record belongs there. */
    private static void comesBack(Journal journal) {
        for (var i = 1; i <= TENDED_MAX && journal.condition() == StorageState.MEMORY; i++) {
            journal.tend(Day.moment(AFTER_NS + i * TEND_NS));
        }
        if (journal.condition() == StorageState.MEMORY) {
            throw new AssertionError("stays in memory on a sound disk");
        }
    }

    private static void goesOn(Journal journal) {
        var entries =
                journal.append(
                        Day.moment(AFTER_NS), List.of(Rounds.of(2, new Random(journal.lastSeq()))));
        journal.commit();
        var last = entries.getLast();
        if (!journal.read(last.seq(), 1).equals(List.of(last))) {
            throw new AssertionError("a new entry cannot be read: " + last);
        }
    }
}
