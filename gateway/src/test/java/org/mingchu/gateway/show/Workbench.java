package org.mingchu.gateway.show;

import org.mingchu.config.HostPort;
import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.show.Workshop.Checked;
import org.mingchu.gateway.show.Workshop.Text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The technician's page over a kitchen whose machine is as the test says; one PIN for everybody.
 */
final class Workbench {
    static final String PIN = "246813";

    private static final List<Tile> PEOPLE =
            Stream.concat(
                            Kitchen.PEOPLE.stream(),
                            Stream.of(new Tile("p-05", "周师傅", Role.TECHNICIAN)))
                    .toList();

    final Kitchen kitchen = new Kitchen();
    final Map<String, byte[]> pictures = new ConcurrentHashMap<>();
    final AtomicInteger looks = new AtomicInteger();
    private Optional<String> refusal = Optional.empty();
    private Optional<Workshop.Tested> tested = Optional.empty();
    private Optional<Workshop.Drilled> drilled = Optional.empty();

    Page open() {
        return open(kitchen.plan);
    }

    Page open(Plan plan) {
        var verbs =
                new Verbs(
                        kitchen::state,
                        () -> PEOPLE,
                        _ -> 132,
                        (_, _) -> Optional.empty(),
                        Optional::empty,
                        (_, _) -> Optional.empty(),
                        new Entrance(
                                Workbench::signIn,
                                _ -> {},
                                Workbench::guest,
                                Workbench::by,
                                Entrance.Lost.CLOSED),
                        (_, _) -> new Trends.Answer.Unknown(),
                        Aftercare.NONE,
                        new Technician(
                                this::workshop,
                                this::test,
                                this::drill,
                                (_, _) -> Optional.of(PDF),
                                new Technician.Album(
                                        sensor -> Optional.ofNullable(pictures.get(sensor)),
                                        this::take)));
        return new Page(
                new HostPort("127.0.0.1", 0),
                plan,
                Kitchen.advice(),
                verbs,
                kitchen::now,
                new Fact.Started("0.1.0", true));
    }

    /** How every PDF begins. */
    private static final byte[] PDF = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);

    /** From here on a self-test is refused in this word. */
    void refuse(String word) {
        refusal = Optional.of(word);
    }

    /** The header that carries somebody's session. */
    static String cookie(String person) {
        return Visit.cookie(person);
    }

    private Optional<String> take(String sensor, byte[] jpeg, By by) {
        if (refusal.isEmpty()) {
            pictures.put(sensor, jpeg);
        }
        return refusal;
    }

    private Workshop workshop() {
        looks.incrementAndGet();
        return new Workshop(
                List.of(
                        check("clock.rtc", "", "warn", "没有电池时钟", "no battery clock", true),
                        check(
                                "platform.tls",
                                "market-regulation",
                                "fail",
                                "2026-11-01 已过期",
                                "has run out on 2026-11-01",
                                true),
                        check("disk.space", "", "ok", "剩 812 MiB", "812 MiB free", false),
                        check("power.ups", "", "skipped", "没有安装", "not fitted", false)),
                List.of(
                        check("step.site", "", "ok", "逢源街长者饭堂", "逢源街长者饭堂", false),
                        check("step.label", "", "fail", "还没有写", "not written yet", true)),
                1_200,
                tested,
                drilled);
    }

    private static Checked check(
            String id, String of, String status, String zh, String en, boolean remedy) {
        return new Checked(
                id,
                of,
                status,
                Map.of(
                        "zh-CN",
                        new Text("查 " + id, zh, remedy ? Optional.of("换一个") : Optional.empty()),
                        "en",
                        new Text(id, en, remedy ? Optional.of("change it") : Optional.empty())));
    }

    private Optional<String> drill(By by) {
        if (refusal.isEmpty()) {
            var hops = List.of(check("drill.buzzer", "", "ok", "28 ms 后", "after 28 ms", false));
            drilled = Optional.of(new Workshop.Drilled(hops, false, false, 100));
        }
        return refusal;
    }

    private Optional<String> test(By by) {
        if (refusal.isEmpty()) {
            var steps = List.of(check("test.buzzer", "", "ok", "响了五声", "sounded", false));
            tested = Optional.of(new Workshop.Tested(steps, true, 100, 3_200));
        }
        return refusal;
    }

    private static Entrance.Outcome signIn(Entrance.Proof proof, String address) {
        return proof instanceof Entrance.Pin(var person, var digits) && digits.equals(PIN)
                ? new Entrance.Yes(person, guest(person).orElseThrow())
                : new Entrance.No("wrong-pin", 0);
    }

    private static Optional<Entrance.Guest> guest(String session) {
        return PEOPLE.stream()
                .filter(one -> one.id().equals(session))
                .map(one -> new Entrance.Guest(one.id(), one.role(), Strength.PIN, 600_000))
                .findFirst();
    }

    private static Optional<By> by(String session) {
        return guest(session).map(guest -> new By(guest.person(), guest.strength()));
    }
}
