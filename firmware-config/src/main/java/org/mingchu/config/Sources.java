package org.mingchu.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How sources are written: a scheme, a colon, and what the scheme asks for. */
final class Sources {
    /** Highest BCM number on the header of a Raspberry Pi. */
    private static final int BCM_MAX = 27;

    // Parts become file names below /sys: no slash, no dot at the start.
    private static final String PART = "([A-Za-z0-9_][A-Za-z0-9_.:-]{0,63})";

    private static final Map<String, Scheme> SCHEMES =
            Map.of(
                    "w1",
                    scheme(
                            "w1:28-…, the ROM code of a DS18B20: 28, '-' and 12 digits of"
                                    + " 0-9 and a-f",
                            "(28-[0-9a-f]{12})",
                            m -> Optional.of(new Source.W1(m.group(1)))),
                    "gpio",
                    scheme(
                            "gpio:N, a BCM number from 0 to " + BCM_MAX,
                            "(\\d{1,2})",
                            m -> bcm(m.group(1)).map(Source.Gpio::new)),
                    "hwmon",
                    scheme(
                            "hwmon:<name>/<label>",
                            PART + "/" + PART,
                            m -> Optional.of(new Source.Hwmon(m.group(1), m.group(2)))),
                    "iio",
                    scheme(
                            "iio:<device>/<channel>",
                            PART + "/" + PART,
                            m -> Optional.of(new Source.Iio(m.group(1), m.group(2)))),
                    "i2c",
                    scheme(
                            "i2c:<bus>/<address>/<chip>, the bus 0 to 22, the address 0x08 to"
                                    + " 0x77",
                            "(\\d{1,2})/(?:0x)?([0-9a-f]{2})/" + PART,
                            Sources::i2c),
                    "spi",
                    scheme(
                            "spi:<bus>/<select>/<chip>, the bus 0 to 6, the select 0 to 2",
                            "([0-6])/([0-2])/" + PART,
                            m ->
                                    Optional.of(
                                            new Source.Spi(
                                                    number(m.group(1)),
                                                    number(m.group(2)),
                                                    m.group(3)))),
                    "modbus",
                    scheme(
                            "modbus:<line id>/<slave>/<profile point>, the slave 1 to 247",
                            "([a-z0-9-]{1,40})/(\\d{1,3})/" + PART,
                            Sources::modbus),
                    "coap",
                    scheme(
                            "coap:<identity>/<SenML name>",
                            PART + "/(\\S{1,128})",
                            m -> Optional.of(new Source.Coap(m.group(1), m.group(2)))),
                    "mqtt",
                    scheme(
                            "mqtt:<topic>#<JSON pointer>, the topic without wildcards, the"
                                    + " pointer empty or beginning with '/'",
                            "([^#+\\s]{1,256})#(|/\\S{0,128})",
                            m -> Optional.of(new Source.Mqtt(m.group(1), m.group(2)))));

    private static final List<String> NAMES =
            List.of("w1", "gpio", "hwmon", "iio", "i2c", "spi", "modbus", "coap", "mqtt");

    /** Any source. */
    static final Form<Source> ANY =
            new Form<>(
                    "a source in quotes: one of w1:, gpio:, hwmon:, iio:, i2c:, spi:, modbus:,"
                            + " coap:, mqtt:",
                    new Source.Gpio(0),
                    Sources::parse);

    /** Who a radio probe is: what stands between {@code coap:} and the slash. */
    static final Form<String> IDENTITY =
            Form.words(
                    "",
                    "an identity of A-Z, a-z, 0-9, '_', '.', ':' and '-', at most 64 characters",
                    text -> Optional.of(text).filter(t -> t.matches(PART)));

    /** A GPIO pin by its BCM number: {@code "gpio:17"}. */
    static final Form<Integer> PIN =
            Form.words(
                    0,
                    "\"gpio:N\", a BCM number from 0 to " + BCM_MAX,
                    text ->
                            text.startsWith("gpio:")
                                    ? bcm(text.substring("gpio:".length()))
                                    : Optional.empty());

    private Sources() {}

    private record Scheme(
            String expected,
            Pattern shape,
            Function<MatchResult, Optional<? extends Source>> make) {
        Optional<Source> read(String rest) {
            var match = shape.matcher(rest);
            return match.matches()
                    ? make.apply(match.toMatchResult()).map(Source.class::cast)
                    : Optional.empty();
        }
    }

    private static Scheme scheme(
            String expected, String shape, Function<MatchResult, Optional<? extends Source>> make) {
        return new Scheme(expected, Pattern.compile(shape), make);
    }

    private static Parsed<Source> parse(Object raw) {
        if (!(raw instanceof String text) || text.indexOf(':') < 0) {
            return Parsed.wrong(ANY.expected());
        }
        var name = text.substring(0, text.indexOf(':'));
        var rest = text.substring(name.length() + 1);
        var scheme = Optional.ofNullable(SCHEMES.get(name));
        if (scheme.isEmpty()) {
            var meant = Guess.closest(name, NAMES).map(n -> Problems.quoted(n + ":" + rest));
            return new Parsed.Wrong<>(ANY.expected(), meant);
        }
        return scheme.get()
                .read(rest)
                .map(Parsed::right)
                .orElseGet(() -> wrong(scheme.get(), name, rest));
    }

    /** ROM codes are printed in capitals on many a label. */
    private static Parsed<Source> wrong(Scheme scheme, String name, String rest) {
        var lower = rest.strip().toLowerCase(Locale.ROOT);
        var hint =
                Optional.of(lower)
                        .filter(l -> scheme.read(l).isPresent())
                        .map(l -> Problems.quoted(name + ":" + l));
        return new Parsed.Wrong<>(scheme.expected(), hint);
    }

    private static Optional<Integer> bcm(String text) {
        return Optional.of(text)
                .filter(t -> t.matches("0|[1-9]\\d?"))
                .map(Sources::number)
                .filter(n -> n <= BCM_MAX);
    }

    private static Optional<Source> i2c(MatchResult m) {
        var bus = number(m.group(1));
        var address = Integer.parseInt(m.group(2), 16);
        // 0x00-0x07 and 0x78-0x7f are reserved by the I²C specification, section 3.1.12.
        return bus <= 22 && address >= 0x08 && address <= 0x77
                ? Optional.of(new Source.I2c(bus, address, m.group(3)))
                : Optional.empty();
    }

    private static Optional<Source> modbus(MatchResult m) {
        var slave = number(m.group(2));
        return slave >= 1 && slave <= 247
                ? Optional.of(new Source.Modbus(m.group(1), slave, m.group(3)))
                : Optional.empty();
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
