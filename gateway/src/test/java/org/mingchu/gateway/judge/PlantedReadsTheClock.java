package org.mingchu.gateway.judge;

import java.time.Instant;

/** Breaks a wall on purpose. */
public final class PlantedReadsTheClock {
    public Instant wrong() {
        return Instant.now();
    }
}
