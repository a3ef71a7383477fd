package org.mingchu.sensors.mqtt;

/** Counts, by the loop's thread. */
final class Tally {
    private long messages;
    private long kept;
    private long acknowledged;
    private long refusals;
    private long again;
    private long lost;

    void message() {
        messages++;
    }

    void kept(int readings) {
        kept += readings;
    }

    void acknowledged(int more) {
        acknowledged += more;
    }

    void refusal() {
        refusals++;
    }

    void again() {
        again++;
    }

    void lost() {
        lost++;
    }

    Health.Counts counts(long alsoAgain, long alsoLost) {
        return new Health.Counts(
                messages, kept, acknowledged, refusals, again + alsoAgain, lost + alsoLost);
    }
}
