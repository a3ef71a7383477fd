package org.mingchu.gateway.judge;

import java.time.Duration;

/** What goes wrong with a unit or its probe, and for how long it is watched then. */
enum Trouble {
    COMPRESSOR_DIES("compressor dies", 2) {
        @Override
        void begin(Subject subject) {
            subject.cabinet().works = false;
        }
    },
    COMPRESSOR_WEAK("compressor weak", 7) {
        @Override
        void begin(Subject subject) {
            subject.cabinet().power = holding(subject, TOO_WARM);
        }
    },
    POWER_CUT("power cut to the unit", 2) {
        @Override
        void begin(Subject subject) {
            subject.cabinet().unplug();
        }
    },
    DOOR_AJAR("door ajar", 2) {
        @Override
        void begin(Subject subject) {
            subject.cabinet().ajar = true;
        }
    },
    DOOR_LEFT_OPEN("door left open", 2) {
        @Override
        void begin(Subject subject) {
            subject.cabinet().leaveWideOpen();
        }
    },
    HEATER_STAYS_ON("heater stays on", 2) {
        @Override
        boolean befalls(Appliance appliance) {
            return appliance.defrosts();
        }

        @Override
        void await(Subject subject) {
            while (!subject.cabinet().heating()) {
                subject.minutes(1);
            }
            while (subject.cabinet().heating()) {
                subject.minutes(1);
            }
        }

        @Override
        void begin(Subject subject) {
            subject.cabinet().heatOn();
        }
    },
    THERMOSTAT_TURNED("thermostat turned", 2) {
        @Override
        void begin(Subject subject) {
            var aim = subject.appliance().fridge().thermostat().target();
            subject.cabinet().turned = subject.limit() + TOO_WARM - aim;
        }
    },
    SLOW_LEAK("slow leak of refrigerant", 40) {
        @Override
        void begin(Subject subject) {}

        @Override
        void hourly(Subject subject) {
            subject.cabinet().power = Math.max(0, subject.cabinet().power - LEAK_A_DAY / 24);
        }
    },
    PROBE_STUCK("probe stuck", 2) {
        @Override
        void begin(Subject subject) {
            subject.stick();
        }

        @Override
        boolean warms() {
            return false;
        }
    },
    PROBE_SILENT("probe silent", 2) {
        @Override
        void begin(Subject subject) {
            subject.fallSilent();
        }

        @Override
        boolean warms() {
            return false;
        }
    };

    /** So many kelvin above its limit is all that the unit can hold. */
    private static final double TOO_WARM = 3;

    /** Share of its power that a leaking unit loses in a day: it lasts for some weeks. */
    private static final double LEAK_A_DAY = 0.04;

    /** Mean of the air around a unit, in ℃. */
    private static final double KITCHEN = 24.5;

    private final String title;
    private final Duration watched;

    Trouble(String title, int days) {
        this.title = title;
        watched = Duration.ofDays(days);
    }

    String title() {
        return title;
    }

    /** Who has said nothing after this has missed it. */
    Duration watched() {
        return watched;
    }

    boolean befalls(Appliance appliance) {
        return true;
    }

    /** Whether the unit gets warm of it, and so passes its limit. */
    boolean warms() {
        return true;
    }

    /** Lets time go on to the moment at which it can begin. */
    void await(Subject subject) {}

    abstract void begin(Subject subject);

    /** Goes on, once an hour. */
    void hourly(Subject subject) {}

    /** Share of a machine's power that holds a unit so many kelvin above its limit. */
    private static double holding(Subject subject, double above) {
        var fridge = subject.appliance().fridge();
        var comesIn = fridge.thermal().wall() * (KITCHEN - subject.limit() - above);
        return comesIn / fridge.thermostat().power();
    }
}
