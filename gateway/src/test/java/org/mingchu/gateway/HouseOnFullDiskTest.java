package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.keep.FullDisk;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** What the house does while the disk takes nothing, and after. */
final class HouseOnFullDiskTest {
    private final Plan plan = Film.plan();
    private final FilmClock clock = new FilmClock();
    private FullDisk disk;
    private House house;

    @BeforeEach
    void begin() throws Exception {
        disk = new FullDisk(clock.now());
        house = new House(plan, new Judge(plan), disk.journal(), clock, (_, _, _) -> {});
        house.begin(new Fact.Started("test", true));
    }

    @Test
    void a_round_that_waited_for_the_disk_says_how_old_it_is() throws Exception {
        disk.full(true);
        clock.advanceTo(Duration.ofSeconds(10).toNanos());
        house.say(new Fact.Round(List.of(measured())));
        house.step();
        clock.advanceTo(Duration.ofMinutes(10).toNanos());
        disk.full(false);
        house.step();

        var entry = disk.journal().read(disk.journal().lastSeq(), 1).getFirst();
        var reading = (Reading.Measured) ((Fact.Round) entry.fact()).readings().getFirst();
        assertThat(entry.at().upNs()).isEqualTo(Duration.ofMinutes(10).toNanos());
        assertThat(reading.ageNs()).isEqualTo(Duration.ofSeconds(590).toNanos());
    }

    @Test
    void a_full_disk_lets_no_more_be_taken_than_fits_into_hands_and_inbox() throws Exception {
        disk.full(true);
        var loop = Thread.ofPlatform().daemon().start(this::run);
        var taken = 0;
        for (int i = 0; i < 20; i++) {
            while (!house.keep(new Fact.Round(List.of())).isCompletedExceptionally()) {
                taken++;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        house.stop();
        loop.join();
        assertThat(taken).isBetween(House.INBOX_MAX, House.INBOX_MAX + House.WAKE_MAX);
    }

    private void run() {
        try {
            house.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reading measured() {
        return new Reading.Measured("x", Quantity.TEMPERATURE, 4_000, 4_000, 0, Set.of());
    }
}
