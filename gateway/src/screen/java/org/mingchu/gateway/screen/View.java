package org.mingchu.gateway.screen;

import java.util.List;
import java.util.function.Consumer;

/** What can stand on the kitchen's page, and how a finger gets there. */
@SuppressWarnings("ImmutableEnumChecker") // the way there has no state
enum View {
    UNITS(_ -> {}),
    TREND(panel -> {
        panel.tap(panel.at("unit-tile[data-id=freezer-1]"));
        panel.sees(panel.at("trend-view .canvas canvas"));
    }),
    ACT(panel -> {
        TREND.open.accept(panel);
        panel.tap("登记");
        panel.sees(panel.at("unit-acts .tile").first());
    }),
    ACT_LENGTH(panel -> {
        ACT.open.accept(panel);
        panel.tap("清洁");
    }),
    ACT_DEGREES(panel -> {
        ACT.open.accept(panel);
        panel.tap("手工量温");
    }),
    SIGN_IN(panel -> panel.tap("登录")),
    PAD(panel -> {
        panel.tap("登录");
        panel.tap(Who.MANAGER);
        panel.tap("4");
        panel.tap("9");
    }),
    NIGHT(panel -> panel.tap(panel.at(".today"))),
    NAMES(panel -> panel.tap("我来处理")),
    CAUSE(panel -> {
        NIGHT.open.accept(panel);
        panel.tap(panel.at("night-panel .case[data-owed=correct] .do").first());
    }),
    AGAIN(panel -> {
        CAUSE.open.accept(panel);
        panel.tap("门没关好");
        panel.tap("关好门");
        panel.tap("检查过, 保留");
        panel.tap("−");
        panel.tap("5");
    }),
    SAVE(panel -> {
        AGAIN.open.accept(panel);
        panel.tap("确定");
    });

    private final Consumer<Panel> open;

    View(Consumer<Panel> open) {
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
