package org.mingchu.config.board;

import org.mingchu.config.Board;
import org.mingchu.config.HeaderBus;
import org.mingchu.config.Problem;
import org.mingchu.config.Problem.Severity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of a user's own lines stand against what the site needs: an error where ours would not come
 * about, a warning where it would in spite of them.
 */
final class Objections {
    private final String file;
    private final BoardPlan plan;
    private final Map<Integer, Need> pins;
    private final List<Problem> problems = new ArrayList<>();

    private Objections(String file, BoardPlan plan) {
        this.file = file;
        this.plan = plan;
        pins = plan.pins();
    }

    static List<Problem> to(List<Setting> settings, BoardPlan plan, String file) {
        var objections = new Objections(file, plan);
        settings.forEach(objections::look);
        return List.copyOf(objections.problems);
    }

    private void look(Setting setting) {
        switch (setting.key()) {
            case "dtparam" -> switchedOff(setting);
            case "enable_uart" -> uartOff(setting);
            case "include" ->
                    say(
                            Severity.WARNING,
                            setting,
                            "a look into that file by yourself: it is not read here");
            default -> {}
        }
        if (isTwice(setting)) {
            say(
                    Severity.ERROR,
                    setting,
                    "no such line: the block has it, and a second one fails at boot; delete it");
            return;
        }
        if (!agrees(setting)) {
            ours(setting).entrySet().stream()
                    .findFirst()
                    .ifPresent(pin -> onOurPin(setting, pin.getKey(), pin.getValue()));
        }
    }

    /** The site's pins that a line takes too. */
    private Map<Integer, Need> ours(Setting setting) {
        var ours = new LinkedHashMap<>(pins);
        ours.keySet().retainAll(Overlays.pins(setting));
        return ours;
    }

    private void switchedOff(Setting setting) {
        setting.parameters()
                .forEach((name, value) -> {
                    if (Setting.isOff(value)) {
                        neededAs("dtparam=" + Overlays.boardName(name) + "=on")
                                .ifPresent(need -> undone(setting, need));
                    }
                });
    }

    private void uartOff(Setting setting) {
        if (setting.value().equals("0")) {
            neededAs("enable_uart=1").ifPresent(need -> undone(setting, need));
        }
    }

    private Optional<Need> neededAs(String line) {
        return plan.needs().stream().filter(need -> need.settings().contains(line)).findFirst();
    }

    private void undone(Setting setting, Need need) {
        switch (setting.place()) {
            case AFTER ->
                    say(
                            Severity.ERROR,
                            setting,
                            "no such line: it stands behind the block and switches off "
                                    + need.words()
                                    + ", which the site needs; delete it");
            case BEFORE ->
                    say(
                            Severity.WARNING,
                            setting,
                            "no such line: the block behind it switches "
                                    + need.words()
                                    + " on again; delete it, so that it misleads nobody");
        }
    }

    /** An overlay that the block loads too. */
    private boolean isTwice(Setting setting) {
        if (!setting.key().equals("dtoverlay")) {
            return false;
        }
        return switch (setting.overlay()) {
            case "w1-gpio" ->
                    ours(setting).values().stream().anyMatch(Need.OneWire.class::isInstance);
            case "i2c-rtc" ->
                    plan.needs().stream()
                            .anyMatch(need ->
                                    need instanceof Need.Clock(var clock)
                                            && clock != Board.Clock.ON_BOARD);
            case "i2c-sensor" ->
                    plan.needs().stream()
                            .anyMatch(need ->
                                    need instanceof Need.Chip(var name, _)
                                            && setting.parameters().containsKey(name));
            default -> false;
        };
    }

    /** The same bus at the same pins, or the very pin setting of the block. */
    private boolean agrees(Setting setting) {
        return switch (setting.key()) {
            case "dtparam" ->
                    setting.parameters().keySet().stream()
                            .filter(Overlays::takesPins)
                            .allMatch(name ->
                                    neededAs("dtparam=" + Overlays.boardName(name) + "=on")
                                            .isPresent());
            case "enable_uart" -> neededAs("enable_uart=1").isPresent();
            case "dtoverlay" ->
                    List.of("i2c-rtc", "i2c-sensor").contains(setting.overlay())
                            && neededAs("dtparam=i2c_arm=on").isPresent();
            case "gpio" ->
                    ours(setting).values().stream()
                            .allMatch(need -> harmless(need, setting.value()));
            default -> false;
        };
    }

    private static boolean harmless(Need need, String value) {
        var attributes = value.substring(value.indexOf('=') + 1);
        return switch (need) {
            case Need.Output _ -> attributes.equals("op,dl");
            case Need.Input _ -> List.of("ip", "ip,pu", "pu").contains(attributes);
            case Need.Bus _, Need.OneWire _ -> false;
            case Need.Watchdog _, Need.Probe _, Need.Chip _, Need.Clock _, Need.Way _ -> true;
        };
    }

    private void onOurPin(Setting setting, int bcm, Need need) {
        var what =
                need instanceof Need.Bus(HeaderBus bus, var users)
                        ? bus.words() + " (" + users.getFirst() + ")"
                        : need.words();
        say(
                Severity.ERROR,
                setting,
                "another pin: the site has "
                        + what
                        + " on GPIO "
                        + bcm
                        + "; delete the line, or move that in the site file");
    }

    private void say(Severity severity, Setting setting, String expected) {
        var under = setting.filter().equals("all") ? "" : " under [" + setting.filter() + "]";
        problems.add(
                new Problem(
                        severity,
                        file,
                        setting.line(),
                        1,
                        setting.key(),
                        '"' + setting.value() + '"' + under,
                        expected,
                        Optional.empty()));
    }
}
