package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Seal;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.tell.About;
import org.mingchu.gateway.tell.Courier;
import org.mingchu.gateway.tell.Wire;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Some hours of a kitchen in virtual time, as a process of its own whose memory can be watched: the
 * production loop, judge, journal on its disk and courier, under a platform that has everything at
 * once. No page, no sockets, no threads of sensors. One thread.
 *
 * <p>{@code SITE RULES STATE HOURS}. Prints a line for each hour: {@code hour=N rss_kib=N pss_kib=N
 * written_bytes=N entries=N}, from the kernel's own files.
 */
final class FilmDay {
    private static final int ARGUMENTS = 4;
    private static final Path SELF = Path.of("/proc/self");
    private static final Fact.Started STARTED = new Fact.Started("film", true);
    private static final Duration STEP = Duration.ofSeconds(1);

    /** One unit is warm so often, for so long, so that there are alarms. */
    private static final Duration WARM_EVERY = Duration.ofHours(6);

    private static final Duration WARM = Duration.ofHours(1);

    private final Random chance = new Random(7);
    private final FilmClock clock = new FilmClock();
    private final Deque<Runnable> under = new ArrayDeque<>();
    private final Plan plan;
    private final Journal journal;
    private final House house;
    private final Courier courier;

    public static void main(String[] args) throws IOException {
        if (args.length != ARGUMENTS) {
            throw new IllegalArgumentException("SITE RULES STATE HOURS");
        }
        var plan =
                switch (PlanReader.read(Path.of(args[0]), Path.of(args[1]))) {
                    case Checked.Good<Plan>(var good, _) -> good;
                    case Checked.Bad<Plan>(var problems) ->
                            throw new IllegalArgumentException("site file: " + problems);
                };
        new FilmDay(plan, Path.of(args[2])).play(Integer.parseInt(args[3]));
    }

    private FilmDay(Plan plan, Path state) {
        this.plan = plan;
        var identity = plan.site().identity();
        var platform = plan.site().platforms().getFirst();
        journal = Journal.open(state, new Random(1), clock.now());
        journal.sealWith(
                new Seal(
                        identity.area(),
                        identity.site(),
                        identity.gateway(),
                        DeviceKey.of(new byte[32])));
        house = new House(plan, new Judge(plan), journal, clock, (_, _, _) -> {});
        courier =
                new Courier(
                        platform,
                        plan,
                        new About(STARTED.version(), STARTED.simulated(), Optional.empty()),
                        Uplink.outbox(platform.id(), journal),
                        house::state,
                        Uplink.notices(platform.id(), house, (_, _, _) -> {}),
                        sink -> new Willing(sink, under),
                        new Random(2));
        house.begin(STARTED);
    }

    private void play(int hours) throws IOException {
        var periodS = plan.site().samplingPeriod().toSeconds();
        say(0);
        for (var second = 1L; second <= Duration.ofHours(hours).toSeconds(); second++) {
            clock.advanceTo(STEP.multipliedBy(second).toNanos());
            if (second % periodS == 0) {
                house.say(new Fact.Round(round(second)));
            }
            wake();
            if (second % Agent.TIDY_EVERY.toSeconds() == 0) {
                System.gc();
            }
            if (second % Duration.ofHours(1).toSeconds() == 0) {
                say(second / Duration.ofHours(1).toSeconds());
            }
        }
        journal.close();
    }

    private void wake() {
        house.step();
        courier.ring();
        courier.step(clock.now());
        while (!under.isEmpty()) {
            while (!under.isEmpty()) {
                under.removeFirst().run();
            }
            courier.step(clock.now());
        }
        house.step();
    }

    private List<Reading> round(long second) {
        var warm = second % WARM_EVERY.toSeconds() >= WARM_EVERY.minus(WARM).toSeconds();
        var readings = new ArrayList<Reading>();
        for (Unit unit : plan.site().units()) {
            for (SensorPlan sensor : unit.sensors()) {
                // Sixteenths of a degree, as a DS18B20 tells them.
                var milli =
                        (warm && readings.isEmpty() ? -5_000 : -18_000)
                                + chance.nextInt(8) * 125 / 2;
                readings.add(
                        new Reading.Measured(
                                sensor.id(),
                                Quantity.TEMPERATURE,
                                milli,
                                milli,
                                chance.nextInt(900) * 1_000_000L,
                                Set.of(Flag.SIMULATED)));
            }
        }
        return readings;
    }

    private void say(long hour) throws IOException {
        var maps = Files.readAllLines(SELF.resolve("smaps_rollup"));
        System.out.printf(
                "hour=%d rss_kib=%d pss_kib=%d written_bytes=%d entries=%d%n",
                hour,
                number(maps, "Rss:"),
                number(maps, "Pss:"),
                number(Files.readAllLines(SELF.resolve("io")), "write_bytes:"),
                journal.lastSeq());
    }

    private static long number(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Takes everything, and says so at the next step. */
    private record Willing(Sink sink, Deque<Runnable> under) implements Wire {
        private static final int RECEIVE_MAXIMUM = 20;
        private static final int PACKET_BYTES = 1 << 20;

        @Override
        public void connect(Hello hello) {
            under.add(() -> sink.accept(new Event.Connected(RECEIVE_MAXIMUM, PACKET_BYTES)));
        }

        @Override
        public void subscribe(String filter) {
            under.add(() -> sink.accept(new Event.Subscribed(filter, 1)));
        }

        @Override
        public boolean publish(long token, Message message) {
            if (message.qos() > 0) {
                under.add(() -> sink.accept(new Event.Settled(token, 0)));
            }
            return true;
        }

        @Override
        public void disconnect() {}

        @Override
        public void drop() {}
    }
}
