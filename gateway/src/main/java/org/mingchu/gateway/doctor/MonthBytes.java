package org.mingchu.gateway.doctor;

import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the mobile network has carried in a calendar month of the kitchen, both ways, in bytes. The
 * kernel counts from a boot on; what it has said last is kept beside the sum, so that an agent that
 * starts again goes on where it was. Immutable.
 *
 * @param boot id of the boot that {@code ports} is of
 * @param ports what the kernel said last of each port
 */
public record MonthBytes(YearMonth month, long bytes, String boot, Map<String, Long> ports) {
    /** In the state folder. */
    public static final String FILE = "month-bytes";

    private static final String PORTS = "sys/class/net";

    /** Ports whose bytes somebody pays for. */
    private static final Pattern MOBILE = Pattern.compile("(wwan|wwx|wwp|ppp|usb).*");

    private static final Pattern LINE = Pattern.compile("([a-z]+) ([^ ]{1,64})(?: ([0-9]{1,18}))?");

    public MonthBytes {
        ports = Map.copyOf(ports);
    }

    /** Whether a port of this name leads into a mobile network. */
    static boolean isMobile(String port) {
        return MOBILE.matcher(port).matches();
    }

    /** What the kernel has counted since the boot, by port; none where there is no modem. */
    public static Map<String, Long> counted(Path root) {
        var tree = new Tree(root);
        var counted = new TreeMap<String, Long>();
        for (var port : tree.names(PORTS)) {
            var folder = PORTS + "/" + port + "/statistics/";
            var in = tree.number(folder + "rx_bytes");
            var out = tree.number(folder + "tx_bytes");
            if (isMobile(port) && in.isPresent() && out.isPresent()) {
                counted.put(port, in.getAsLong() + out.getAsLong());
            }
        }
        return counted;
    }

    /** The sum as it stands after the kernel has been asked again. */
    public static MonthBytes after(
            Optional<MonthBytes> last, Map<String, Long> counted, Moment now, ZoneId zone) {
        var month = YearMonth.from(Instant.ofEpochMilli(now.wallMs()).atZone(zone));
        var more = last.map(old -> old.since(counted, now.boot())).orElseGet(() -> sum(counted));
        var goesOn = last.filter(old -> old.holds(month, now.clock()));
        var ports =
                new TreeMap<>(
                        last.filter(old -> old.boot.equals(now.boot()))
                                .map(MonthBytes::ports)
                                .orElse(Map.of()));
        ports.putAll(counted);
        return new MonthBytes(
                goesOn.map(MonthBytes::month).orElse(month),
                goesOn.map(MonthBytes::bytes).orElse(0L) + more,
                now.boot(),
                ports);
    }

    /** A clock that nobody has set ends no month, and one that was behind begins none again. */
    private boolean holds(YearMonth now, ClockState clock) {
        return now.equals(month)
                || clock == ClockState.UNSYNCED
                || (now.isBefore(month) && clock != ClockState.SYNCED);
    }

    /** A count that is less than before has begun anew: the stick was pulled out. */
    private long since(Map<String, Long> counted, String boot) {
        return counted.entrySet().stream()
                .mapToLong(port -> {
                    var before =
                            boot.equals(this.boot) ? ports.getOrDefault(port.getKey(), 0L) : 0L;
                    return port.getValue() >= before ? port.getValue() - before : port.getValue();
                })
                .sum();
    }

    private static long sum(Map<String, Long> counted) {
        return counted.values().stream().mapToLong(Long::longValue).sum();
    }

    /** As it is kept. */
    public String text() {
        var text = new StringBuilder("month " + month + " " + bytes + "\nboot " + boot + "\n");
        new TreeMap<>(ports)
                .forEach((port, counted) -> text.append("port " + port + " " + counted + "\n"));
        return text.toString();
    }

    /** What is kept in a state folder; empty where nothing is, or nothing that can be read. */
    public static Optional<MonthBytes> read(Path state) {
        try {
            return parsed(Files.readString(state.resolve(FILE), StandardCharsets.US_ASCII));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<MonthBytes> parsed(String text) {
        var month = Optional.<YearMonth>empty();
        var bytes = 0L;
        var boot = "";
        var ports = new TreeMap<String, Long>();
        for (var line : text.lines().toList()) {
            var words = LINE.matcher(line);
            if (!words.matches()) {
                return Optional.empty();
            }
            var number = Optional.ofNullable(words.group(3)).map(Long::parseLong).orElse(0L);
            switch (words.group(1)) {
                case "month" -> {
                    month = month(words.group(2));
                    bytes = number;
                }
                case "boot" -> boot = words.group(2);
                case "port" -> ports.put(words.group(2), number);
                default -> {
                    return Optional.empty();
                }
            }
        }
        var sum = bytes;
        var id = boot;
        return month.map(m -> new MonthBytes(m, sum, id, ports));
    }

    private static Optional<YearMonth> month(String word) {
        try {
            return Optional.of(YearMonth.parse(word));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
