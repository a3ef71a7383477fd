package org.mingchu.gateway.screen;

import java.util.List;
import java.util.function.Consumer;

/** What can stand on the kitchen's page, and how a finger gets there. */
@SuppressWarnings("ImmutableEnumChecker") // the way there has no state
enum View {
    UNITS("unit-tile", _ -> {}),
    TREND(
            "trend-view .canvas canvas",
            panel -> {
                panel.tap(panel.at("unit-tile[data-id=freezer-1]"));
                panel.sees(panel.at("trend-view .canvas canvas"));
            }),
    ACT(
            "unit-acts .tile",
            panel -> {
                TREND.open.accept(panel);
                panel.tap("登记");
                panel.sees(panel.at("unit-acts .tile").first());
            }),
    ACT_LENGTH(
            "unit-acts .tile",
            panel -> {
                ACT.open.accept(panel);
                panel.tap("清洁");
            }),
    ACT_DEGREES(
            "unit-acts .key",
            panel -> {
                ACT.open.accept(panel);
                panel.tap("手工量温");
            }),
    SIGN_IN("pin-pad .tile", panel -> panel.tap("登录")),
    PAD(
            "pin-pad .key",
            panel -> {
                panel.tap("登录");
                panel.tap(Who.MANAGER);
                panel.tap("4");
                panel.tap("9");
            }),
    NIGHT("night-panel h2", panel -> panel.tap(panel.at(".today"))),
    NAMES("name-tiles .tile", panel -> panel.tap("我来处理")),
    CAUSE(
            "correct-panel .tile",
            panel -> {
                NIGHT.open.accept(panel);
                panel.tap(panel.at("night-panel .case[data-owed=correct] .do").first());
            }),
    AGAIN(
            "correct-panel .typed",
            panel -> {
                CAUSE.open.accept(panel);
                panel.tap("门没关好");
                panel.tap("关好门");
                panel.tap("检查过, 保留");
                panel.tap("−");
                panel.tap("5");
            }),
    SAVE(
            "correct-panel .save",
            panel -> {
                AGAIN.open.accept(panel);
                panel.tap("确定");
            });

    /** By this it is known to be the one that stands there. */
    final String shows;

    private final Consumer<Panel> open;

    View(String shows, Consumer<Panel> open) {
        this.shows = shows;
        this.open = open;
    }

    void on(Panel panel) {
        open.accept(panel);
    }

    /** Those that there are in a scene. */
    static List<View> in(Scene scene) {
        return switch (scene) {
            case ALARM, OFFLINE -> List.of(values());
            case NORMAL, STALE, NOT_PROVEN ->
                    List.of(UNITS, TREND, ACT, ACT_LENGTH, ACT_DEGREES, SIGN_IN, PAD, NIGHT);
        };
    }
}
