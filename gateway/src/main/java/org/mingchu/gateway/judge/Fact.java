package org.mingchu.gateway.judge;

import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What one journal entry says. Immutable. */
public sealed interface Fact {
    /** Which lane entries of this kind ride in. */
    default Lane lane() {
        return switch (this) {
            case Round _ -> Lane.READING;
            case Alarm _,
                    EpochBegan _,
                    ClockSet _,
                    PlanChanged _,
                    Gap _,
                    CarriedAlarm _,
                    CarriedCheckpoint _,
                    Checkpointed _,
                    HoldPlaced _,
                    HoldReleased _,
                    Corrected _,
                    Access _,
                    Remedied _,
                    Verified _,
                    Reviewed _,
                    BuzzerTested _,
                    HandRead _,
                    SelfTested _,
                    Restarted _,
                    Stopping _,
                    Commissioned _,
                    PlacePictured _ ->
                    Lane.ALARM;
            // That one begins is told by its alarm.
            case Drilled drill -> drill.ran().isPresent() ? Lane.ALARM : Lane.NONE;
            case Started _,
                    Acknowledged _,
                    Silenced _,
                    Link _,
                    Delivered _,
                    Receipted _,
                    Storage _,
                    Warmed _,
                    Done _,
                    Shelved _,
                    Unshelved _,
                    Serviced _,
                    Checked _,
                    Reset _,
                    BatchBegan _,
                    BatchEnded _,
                    BatchJudged _,
                    Cycled _,
                    Relearned _ ->
                    Lane.NONE;
            case Rekeyed(var original) -> original.fact().lane();
        };
    }

    /** The epoch was born. Always seq 1; published as {@code record/epoch}. */
    record EpochBegan(Optional<String> previous, String cause) implements Fact {}

    /** The program started. */
    record Started(String version, boolean simulated) implements Fact {}

    /**
     * How the life before this one ended, as far as anybody knows; follows its {@link Started}, and
     * is published as {@code record/run}, as is the next.
     *
     * @param detail one line for the technician
     */
    record Restarted(EndCause cause, String detail) implements Fact {}

    /**
     * The gateway is about to end, and the board with it; or no longer.
     *
     * @param detail one line for the technician
     */
    record Stopping(Stop stop, EndCause cause, String detail) implements Fact {}

    /** How far an end has come that the gateway wants itself. */
    enum Stop {
        BEGUN("stopping"),
        CALLED_OFF("staying");

        private final String word;

        Stop(String word) {
            this.word = word;
        }

        /** The word that records use. */
        public String word() {
            return word;
        }
    }

    /** From here on another site file or rule pack binds; published as {@code record/config}. */
    record PlanChanged(
            String siteSha256, String rulePack, String rulePackVersion, String rulePackSha256)
            implements Fact {}

    /** One round of all sensors that were due. */
    record Round(List<Reading> readings) implements Fact {
        public Round {
            readings = List.copyOf(readings);
        }
    }

    /** A decision of the judge. */
    record Alarm(AlarmEvent event) implements Fact {}

    /** A person says: I am on it. What it changed follows as an {@link Alarm}. */
    record Acknowledged(AlarmId alarm, Person person, Optional<String> note) implements Fact {}

    /** The button, or the page, made the buzzer quiet; person unknown, nothing acknowledged. */
    record Silenced(long forMs) implements Fact {}

    /**
     * The link to a platform changed.
     *
     * @param reason one line for the technician, no secrets
     */
    record Link(String platform, LinkState state, String reason) implements Fact {}

    /** A platform says that it has alarm-lane entries of this epoch, or refuses some. */
    record Delivered(String platform, List<SeqRange> ranges, List<Rejection> rejected)
            implements Fact {
        public Delivered {
            ranges = List.copyOf(ranges);
            rejected = List.copyOf(rejected);
        }
    }

    /** An entry a platform refuses, and why, in its words. */
    record Rejection(long seq, String reason) {}

    /**
     * The wall clock was set, its state changed, or it is affirmed while synced; published as
     * {@code record/clock}. The entry's own moment is the anchor that others are read by.
     *
     * @param offsetMs new wall clock minus what this boot's clock said before; 0 when that was
     *     right within the bound it named
     */
    record ClockSet(ClockState state, long offsetMs, long errorMs) implements Fact {}

    /**
     * Entries that are no longer there, or never came through a damage; published as {@code
     * record/gap}. A {@code prev} inside the range counts as bridged.
     *
     * @param epoch whose entries they were
     * @param lost which lane lost them; empty when both did, or nobody knows
     * @param count how many are lost; at most the length of the range
     * @param from the moment of the first of them, when it is known
     * @param to the moment of the last of them, when it is known
     */
    record Gap(
            String epoch,
            Optional<Lane> lost,
            SeqRange range,
            long count,
            GapCause cause,
            Optional<Moment> from,
            Optional<Moment> to)
            implements Fact {}

    /**
     * An alarm that was open when the old epoch ended, said again; published as {@code
     * record/carried}.
     *
     * @param seq the last entry of {@code epoch} that was taken into account
     */
    record CarriedAlarm(String epoch, long seq, AlarmEvent event) implements Fact {}

    /**
     * The last checkpoint of the epoch before; published as {@code record/carried}.
     *
     * @param note a C2SP signed note, which names the old tree
     */
    record CarriedCheckpoint(String epoch, long seq, String note) implements Fact {}

    /**
     * An entry of an earlier epoch that no platform has confirmed, kept again under this epoch's
     * numbers, whole: its moment is that of the original. Published as what it was.
     */
    record Rekeyed(Entry original) implements Fact {}

    /**
     * The tree of all entries before this one, signed; published as {@code record/checkpoint}.
     *
     * @param note a C2SP signed note
     */
    record Checkpointed(String note) implements Fact {}

    /**
     * A platform has cosigned a checkpoint: up to its size the record is witnessed.
     *
     * @param note the signed note with the platform's cosignature
     */
    record Receipted(String platform, String note) implements Fact {}

    /**
     * What lies between two moments of the wall clock is evidence of an incident: nothing of it may
     * be thinned. Published as {@code record/hold}.
     *
     * @param id names the hold
     * @param fromMs milliseconds since 1970, included
     * @param toMs milliseconds since 1970, included
     */
    record HoldPlaced(String id, long fromMs, long toMs, String reason, Person person)
            implements Fact {}

    /** One of the two that a release needs; it takes effect when two roles have said it. */
    record HoldReleased(String id, String reason, Person person) implements Fact {}

    /** What a person has to add to an earlier entry, which itself stays as it is. */
    record Corrected(String epoch, long seq, String text, Person person) implements Fact {}

    /**
     * How well the record is being kept.
     *
     * @param detail one line for the technician
     */
    record Storage(StorageState state, String detail) implements Fact {}

    /** A unit has warmed up and come back by itself: what its defrosts are learned from. */
    record Warmed(String subject, Warming warming) implements Fact {}

    /**
     * Somebody does something to a unit: from here on it is judged as what it is.
     *
     * @param forMs for so long, from here; 0 for a stop and for the end of an act
     * @param untilMs a stop ends then, milliseconds since 1970; else 0
     * @param movedTo the unit its retained samples have been moved to
     */
    record Done(
            String unit,
            Doing doing,
            long forMs,
            long untilMs,
            String reason,
            Optional<String> movedTo,
            Person person)
            implements Fact {}

    /**
     * Somebody puts an alarm aside. More than its rule allows is refused.
     *
     * @param once it ends as well when the condition has gone
     */
    record Shelved(AlarmId alarm, long forMs, boolean once, String reason, Person person)
            implements Fact {}

    /** What was put aside is taken up again. */
    record Unshelved(AlarmId alarm, Person person) implements Fact {}

    /**
     * A sensor or camera is taken out of service, or put back.
     *
     * @param dueMs when it is due back, milliseconds since 1970: from then on it is watched again;
     *     0 when it is put back
     */
    record Serviced(String subject, boolean out, long dueMs, String reason, Person person)
            implements Fact {}

    /**
     * A camera was turned on purpose: what it used to see is forgotten, and learned anew.
     *
     * @param camera the camera itself, not one of its levels
     */
    record Relearned(String camera, String reason, Person person) implements Fact {}

    /** Somebody has looked at the food in a unit after an outage. */
    record Checked(String unit, boolean fit, String note, Person person) implements Fact {}

    /** Somebody has looked at what a latched alarm was about, and lets it go. */
    record Reset(AlarmId alarm, Person person, String note) implements Fact {}

    /**
     * Somebody was kept out, or a proof of who they are was taken away; published as {@code
     * record/access}.
     *
     * @param person whose proofs they are; absent when a place was locked out
     */
    record Access(AccessEvent event, Optional<String> person) implements Fact {}

    /**
     * Somebody says what he has done about an alarm; published as {@code record/corrective-action},
     * as is the next.
     */
    record Remedied(AlarmId alarm, Remedy remedy, Person person) implements Fact {}

    /** Somebody has looked at what was done about an alarm, and found it good: it is closed. */
    record Verified(AlarmId alarm, String note, Person person) implements Fact {}

    /**
     * Somebody has answered for what had happened since the last answer; published as {@code
     * record/check}.
     *
     * @param cases how many alarms that were
     * @param fine whether nothing of it needs to be seen to any more
     */
    record Reviewed(long cases, boolean fine, Person person) implements Fact {}

    /**
     * Somebody has listened to the buzzer; published as {@code record/selftest}.
     *
     * @param person absent when nobody has said who
     */
    record BuzzerTested(boolean heard, Optional<Person> person) implements Fact {}

    /**
     * Somebody has measured a unit by hand, because its probe does not; published as {@code
     * record/check}. It is nobody's reading: no rule judges it, and no curve has it.
     *
     * @param milli thousandths of a degree Celsius
     */
    record HandRead(String unit, long milli, Person person) implements Fact {}

    /**
     * Somebody has had the gateway test itself; published as {@code record/selftest}. It is no
     * alarm, whatever came out.
     *
     * @param steps what was tested, in order
     */
    record SelfTested(List<Step> steps, Person person) implements Fact {
        /** Steps in one test at most: every sensor of the largest site, and some. */
        public static final int STEPS_MAX = 1_100;

        public SelfTested {
            steps = List.copyOf(steps);
            if (steps.size() > STEPS_MAX) {
                throw new IllegalArgumentException("a test of " + steps.size() + " steps");
            }
        }

        /** Whether nothing failed. */
        public boolean passed() {
            return steps.stream().noneMatch(step -> step.result() == Result.FAIL);
        }
    }

    /**
     * Somebody tries the whole way of an alarm: without a course it begins, and an alarm of rule
     * {@code drill} follows, where the pack has one; with its course it is over. Published as
     * {@code record/selftest} when it is over.
     */
    record Drilled(Optional<Ran> ran, Person person) implements Fact {
        /** Hops of one drill at most: some of its own, three of each platform of a site file. */
        public static final int HOPS_MAX = 64;

        /** One that begins. */
        public Drilled(Person person) {
            this(Optional.empty(), person);
        }
    }

    /**
     * How a drill went.
     *
     * @param alarm the alarm that was raised; absent when none was
     * @param asked when it was asked for
     * @param hops every hop, in the order of the way
     */
    record Ran(Optional<AlarmId> alarm, Moment asked, List<Hop> hops) {
        public Ran {
            hops = List.copyOf(hops);
            if (hops.size() > Drilled.HOPS_MAX) {
                throw new IllegalArgumentException("a drill of " + hops.size() + " hops");
            }
        }

        /** Whether each hop happened that this kitchen has. */
        public boolean passed() {
            return hops.stream().noneMatch(hop -> hop.result() == Result.FAIL);
        }
    }

    /**
     * One hop of an alarm's way.
     *
     * @param hop its name, one of {@code asked}, {@code kept}, {@code judged}, {@code lamp}, {@code
     *     buzzer}, {@code page}, {@code sent}, {@code broker}, {@code platform}, {@code person}
     * @param of which platform; else empty
     * @param afterMs so long after it was asked for, milliseconds; absent when it did not happen
     * @param why which of its outcomes it was, in a word
     */
    record Hop(String hop, String of, Result result, OptionalLong afterMs, String why) {}

    /**
     * Somebody has had a commissioning protocol made; published as {@code record/commissioning}, so
     * that paper and record can be held against each other.
     *
     * @param sha256 of the document's bytes, in hexadecimal
     * @param language of the document
     * @param items its essential facts, in its order
     */
    record Commissioned(String sha256, String language, List<Item> items, Person person)
            implements Fact {
        /** Facts in one protocol at most: every sensor of the largest site, and some. */
        public static final int ITEMS_MAX = 1_200;

        public Commissioned {
            items = List.copyOf(items);
            if (items.size() > ITEMS_MAX) {
                throw new IllegalArgumentException("a protocol of " + items.size() + " facts");
            }
        }
    }

    /** One fact of a protocol: what it is about, and what stood there. */
    record Item(String name, String value) {}

    /**
     * Somebody has taken a picture of the place where a probe hangs; published as {@code
     * record/check}. The picture itself stays with the gateway, one for each probe.
     *
     * @param sha256 of the picture's bytes, in hexadecimal
     * @param bytes how many there are
     */
    record PlacePictured(String sensor, String sha256, long bytes, Person person) implements Fact {}

    /**
     * One thing that was tested.
     *
     * @param check the id of the check
     * @param of which of several such things; empty where there is one
     * @param why which of its outcomes it was, in a word
     */
    record Step(String check, String of, Result result, String why) {}

    /** How one step came out. */
    enum Result {
        PASS("pass"),
        FAIL("fail"),
        /** Not fitted, or nobody can tell from here. */
        SKIPPED("skipped");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        /** The word that records use. */
        public String word() {
            return word;
        }
    }

    /**
     * Somebody begins a batch of food, or says afterwards that it has begun.
     *
     * @param batch its id, as that person gives it
     * @param where the probe that is with it, or the unit it is in
     * @param agoMs so long before it was said, milliseconds: a box that has arrived
     * @param earlier what its probe had told of that time when it was said, oldest first; so the
     *     clocks of the batch need nothing but this
     */
    record BatchBegan(String batch, String where, Person person, long agoMs, List<Earlier> earlier)
            implements Fact {
        /** Values in one fact at most: a day at 10 s, and some. What is older stays unseen. */
        public static final int EARLIER_MAX = 10_000;

        public BatchBegan {
            earlier = List.copyOf(earlier);
            if (agoMs < 0 || earlier.size() > EARLIER_MAX) {
                throw new IllegalArgumentException(
                        "began " + agoMs + " ms ago with " + earlier.size() + " values");
            }
        }

        /** One that begins when it is said. */
        public BatchBegan(String batch, String where, Person person) {
            this(batch, where, person, 0, List.of());
        }

        /** With what its probe has told. */
        public BatchBegan with(List<Earlier> told) {
            return new BatchBegan(batch, where, person, agoMs, told);
        }
    }

    /**
     * A temperature that was taken before a batch was said to have begun.
     *
     * @param agoMs so long before, milliseconds
     * @param milli calibrated, in thousandths of a degree Celsius
     * @param proven whether its sender was
     */
    record Earlier(long agoMs, long milli, boolean proven) {}

    /** Somebody ends it: it is served, put away or discarded. */
    record BatchEnded(String batch, Person person) implements Fact {}

    /** What the rules have found of a batch that has ended. */
    record BatchJudged(String batch, String subject, Moment begun, List<Finding> findings)
            implements Fact {
        public BatchJudged {
            findings = List.copyOf(findings);
        }
    }

    /**
     * What one rule has found of a batch.
     *
     * @param ns the time it counted
     * @param unseen what no probe has seen of it
     */
    record Finding(String rule, Outcome outcome, long ns, FoodClock.Unseen unseen) {}

    /** How a batch has fared by one rule. */
    enum Outcome {
        PASSED("passed"),
        FAILED("failed"),
        /** It may have passed: not all of it was seen. */
        UNPROVEN("unproven"),
        /** It was ended before the rule could say. */
        UNFINISHED("unfinished");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** The word that records use. */
        public String word() {
            return word;
        }
    }

    /** A disinfection cycle has ended, recognised from the temperature alone. */
    record Cycled(String subject, String rule, FoodClock.Cycle cycle) implements Fact {}
}
