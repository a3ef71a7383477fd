package org.mingchu.simulator;

import java.util.ArrayList;
import java.util.List;

/** Every way to say a command. Stateless. */
final class Phrases {
    static final List<Phrase> ALL = all();

    private Phrases() {}

    private static List<Phrase> all() {
        var all = new ArrayList<Phrase>();
        all.addAll(typed());
        all.addAll(whole());
        all.addAll(machine());
        all.addAll(door());
        all.addAll(probe());
        all.addAll(hot());
        return List.copyOf(all);
    }

    /** The words a phrase may begin with when it does not begin with a unit. */
    static List<String> firstWords() {
        return ALL.stream()
                .map(phrase -> phrase.words().getFirst())
                .filter(word -> !word.equals("UNIT"))
                .distinct()
                .toList();
    }

    /** The few that are typed most, word first. */
    private static List<Phrase> typed() {
        var phrases = new ArrayList<Phrase>();
        phrases.add(
                Phrase.of(
                        "off UNIT",
                        "the compressor (or heater) fails",
                        at -> new Command.CompressorOff(at.name(0))));
        phrases.add(
                Phrase.of(
                        "on UNIT",
                        "the compressor works again",
                        at -> new Command.CompressorOn(at.name(0))));
        phrases.add(
                Phrase.of(
                        "door UNIT",
                        "the door is left ajar",
                        at -> new Command.DoorAjar(at.name(0))));
        phrases.add(
                Phrase.of(
                        "shut UNIT", "the door is closed", at -> new Command.DoorShut(at.name(0))));
        for (var state : ProbeState.values()) {
            var word = state == ProbeState.WORKING ? "plug" : state.word();
            phrases.add(
                    Phrase.of(
                            word + " UNIT",
                            state.meaning(),
                            at -> new Command.Probe(at.name(0), state)));
        }
        return phrases;
    }

    private static List<Phrase> whole() {
        var phrases = new ArrayList<Phrase>();
        phrases.add(Phrase.of("mains lost", "no unit has power", _ -> new Command.MainsLost()));
        phrases.add(Phrase.of("mains back", "the power is back", _ -> new Command.MainsBack()));
        phrases.add(
                Phrase.of(
                        "gateway off",
                        "the gateway has no power; the weather goes on",
                        _ -> new Command.GatewayOff()));
        phrases.add(Phrase.of("gateway on", "the gateway has power", _ -> new Command.GatewayOn()));
        phrases.add(
                Phrase.of(
                        "kitchen closed",
                        "nobody cooks or opens a door",
                        _ -> new Command.KitchenClosed()));
        phrases.add(Phrase.of("kitchen open", "the shifts go on", _ -> new Command.KitchenOpen()));
        phrases.add(
                Phrase.of(
                        "swap UNIT OTHER",
                        "the wires of two probes are swapped",
                        at -> new Command.Swapped(at.name(0), at.name(1))));
        for (var contact : Contact.values()) {
            phrases.add(
                    Phrase.of(
                            contact.word() + " on",
                            "the " + contact.word() + " detector closes its contact",
                            _ -> new Command.Detected(contact)));
            phrases.add(
                    Phrase.of(
                            contact.word() + " off",
                            "the " + contact.word() + " detector is quiet",
                            _ -> new Command.Quiet(contact)));
        }
        return phrases;
    }

    private static List<Phrase> machine() {
        var phrases = new ArrayList<Phrase>();
        for (var machine : List.of("compressor", "heater")) {
            phrases.add(
                    Phrase.of(
                            "UNIT " + machine + " off",
                            "it fails",
                            at -> new Command.CompressorOff(at.name(0))));
            phrases.add(
                    Phrase.of(
                            "UNIT " + machine + " on",
                            "it works again",
                            at -> new Command.CompressorOn(at.name(0))));
            phrases.add(
                    Phrase.of(
                            "UNIT " + machine + " SHARE%",
                            "so much of its power is left, as 40%",
                            at -> new Command.CompressorWeak(at.name(0), at.number(1))));
        }
        phrases.addAll(
                List.of(
                        Phrase.of(
                                "UNIT leak SHARE%",
                                "it loses so much of its power each day, as 5%",
                                at -> new Command.Leak(at.name(0), at.number(1))),
                        Phrase.of(
                                "UNIT icing",
                                "no more defrosts; ice takes its power within days",
                                at -> new Command.Icing(at.name(0))),
                        Phrase.of(
                                "UNIT defrost stuck",
                                "the ice heater never ends",
                                at -> new Command.DefrostStuck(at.name(0))),
                        Phrase.of(
                                "UNIT defrost by hand LENGTH",
                                "off and open for so long, as 3h, then on and shut",
                                at -> new Command.DefrostByHand(at.name(0), at.lengthMs(1))),
                        Phrase.of(
                                "UNIT fail at next defrost",
                                "the compressor fails when the next defrost begins",
                                at -> new Command.FailAtDefrost(at.name(0))),
                        Phrase.of(
                                "UNIT mended",
                                "compressor, refrigerant, ice and heater are as new",
                                at -> new Command.Mended(at.name(0))),
                        Phrase.of(
                                "UNIT thermostat DEGREESK",
                                "turned by so much from its mark, as -2K; 0K: back",
                                at -> new Command.Thermostat(at.name(0), at.number(1))),
                        Phrase.of(
                                "UNIT switched off",
                                "somebody switches it off",
                                at -> new Command.SwitchedOff(at.name(0))),
                        Phrase.of(
                                "UNIT switched on",
                                "somebody switches it on",
                                at -> new Command.SwitchedOn(at.name(0)))));
        return phrases;
    }

    private static List<Phrase> door() {
        return List.of(
                Phrase.of("UNIT door ajar", "left ajar", at -> new Command.DoorAjar(at.name(0))),
                Phrase.of(
                        "UNIT door open", "held wide open", at -> new Command.DoorWide(at.name(0))),
                Phrase.of("UNIT door shut", "closed", at -> new Command.DoorShut(at.name(0))),
                Phrase.of(
                        "UNIT lid off",
                        "the lid is taken off",
                        at -> new Command.DoorWide(at.name(0))),
                Phrase.of(
                        "UNIT lid on", "the lid is put on", at -> new Command.DoorShut(at.name(0))),
                Phrase.of(
                        "UNIT load DEGREESC SHARE%",
                        "food so warm comes in and is so much of all, as 60C 20%",
                        at -> new Command.Load(at.name(0), at.number(1), at.number(2))));
    }

    private static List<Phrase> probe() {
        var phrases = new ArrayList<Phrase>();
        for (var state : ProbeState.values()) {
            phrases.add(
                    Phrase.of(
                            "UNIT probe " + state.word(),
                            state.meaning(),
                            at -> new Command.Probe(at.name(0), state)));
        }
        phrases.addAll(
                List.of(
                        Phrase.of(
                                "UNIT probe moved SHARE%",
                                "so much of what it feels is the room, as 50%",
                                at -> new Command.ProbeMoved(at.name(0), at.number(1))),
                        Phrase.of(
                                "UNIT probe drifts DEGREESK",
                                "it shows so much more each day, as -0.5K",
                                at -> new Command.ProbeDrift(at.name(0), at.number(1))),
                        Phrase.of(
                                "UNIT probe flaps LENGTH",
                                "there and gone in turn, each for about so long, as 2m",
                                at -> new Command.ProbeFlaps(at.name(0), at.lengthMs(1))),
                        Phrase.of(
                                "UNIT probe replaced",
                                "a new probe in the right place",
                                at -> new Command.ProbeReplaced(at.name(0)))));
        return phrases;
    }

    private static List<Phrase> hot() {
        var phrases = new ArrayList<Phrase>();
        phrases.addAll(
                List.of(
                        Phrase.of(
                                "UNIT cycle",
                                "a disinfection as the maker meant it",
                                at -> new Command.Cycle(at.name(0))),
                        Phrase.of(
                                "UNIT cycle DEGREESC LENGTH",
                                "a disinfection so hot, held for so long, as 120C 10m",
                                at ->
                                        new Command.CycleOf(
                                                at.name(0), at.number(1), at.lengthMs(2))),
                        Phrase.of(
                                "UNIT cycle broken",
                                "the disinfection ends before its time",
                                at -> new Command.CycleBroken(at.name(0))),
                        Phrase.of(
                                "UNIT cooked DEGREESC",
                                "a batch leaves the stove so hot, as 75C",
                                at -> new Command.Cooked(at.name(0), at.number(1)))));
        for (var place : CoolingPlace.values()) {
            phrases.add(
                    Phrase.of(
                            "UNIT cooling " + place.word(),
                            "the batch cools there",
                            at -> new Command.Cooling(at.name(0), place)));
        }
        return phrases;
    }
}
