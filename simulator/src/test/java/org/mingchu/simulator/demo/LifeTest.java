package org.mingchu.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.simulator.Command;
import org.mingchu.simulator.Weather;
import org.mingchu.simulator.wire.Kitchen;
import org.mingchu.simulator.wire.SysfsTree;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

final class LifeTest {
    @TempDir Path root;

    @Test
    void a_failed_freezer_crosses_its_limit_in_real_time_at_the_pace_of_the_film()
            throws Exception {
        var weather = new Weather(1, Props.fridges());
        weather.advanceTo(TimeUnit.HOURS.toMillis(19));
        var tree = new SysfsTree(root, "00000000-0000-4000-8000-000000000001");
        var kitchen = new Kitchen(weather, tree, Props.wires());
        var crossed = new CompletableFuture<Long>();
        try (var life = new Life(weather, kitchen, System::nanoTime)) {
            life.obey(new Command.CompressorOff(Props.FREEZER));
            life.whenAbove(
                    Props.FREEZER,
                    Props.FREEZER_LIMIT_MILLI,
                    (_, milliCelsius) -> crossed.complete(milliCelsius));
            life.pace(Film.PACE * 20);
            assertThat(crossed.get(20, TimeUnit.SECONDS)).isBetween(-11_999L, -8_000L);
            assertThat(life.glance()).contains("freezer-1 -").contains("hot-1 6");
        }
    }
}
