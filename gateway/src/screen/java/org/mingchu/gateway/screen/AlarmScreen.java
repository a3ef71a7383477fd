package org.mingchu.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Remedy;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.shipped.Eventually;
import org.mingchu.gateway.shipped.FakedWall;
import org.mingchu.simulator.wire.Level;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** Whole stories of an alarm, finger by finger, and what is in the record afterwards. */
@ExtendWith(Screens.class)
final class AlarmScreen {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder;

    @Test
    void a_warm_freezer_is_taken_seen_to_measured_again_and_verified(Browser browser) {
        try (var stage = Stage.open(folder);
                var panel = Panel.kitchen(browser, stage)) {
            stage.temperature(Unit.FREEZER_1, -5_000);
            panel.sees("alarm-banner .head", "1号冷冻柜 温度过高");
            sounds(stage);

            panel.touches();
            panel.tap("我来处理");
            panel.tap(Who.COOK);
            panel.sees("alarm-banner .facts", "陈阿姨");
            panel.seesNo("alarm-banner .take");
            assertThat(panel.touches()).as("touches to acknowledge").isEqualTo(2);

            panel.tap("做了什么");
            panel.tap("门没关好");
            panel.tap("关好门");
            panel.tap("检查过, 保留");
            List.of("−", "1", "4", ".", "5").forEach(panel::tap);
            panel.tap("确定");
            panel.sees("correct-panel .so-far", "门没关好 · 关好门 · 检查过, 保留 · 复测 −14.5\u00a0°C");
            panel.tap("保存");
            panel.tap(Who.COOK);
            // Still warm: it is said, not settled.
            panel.sees("alarm-banner .head", "1号冷冻柜 温度过高");

            stage.temperature(Unit.FREEZER_1, -18_500);
            panel.seesNo("alarm-banner");
            panel.tap(panel.at(".today"));
            panel.tap("核实");
            panel.tap(Who.OFFICER);
            panel.pin(Who.OFFICER);
            panel.seesNo("night-panel .case[data-owed=verify]");
            panel.sees("top-line", "李志强 退出");
            assertThat(panel.faults()).isEmpty();

            reachesThePlatform(stage);
            var record = stage.record();
            assertThat(one(record, Fact.Acknowledged.class).person().id()).isEqualTo(Who.COOK.id);
            var remedied = one(record, Fact.Remedied.class);
            assertThat(remedied.remedy().cause()).isEqualTo(Remedy.Cause.DOOR);
            assertThat(remedied.remedy().againMilli()).hasValue(-14_500);
            assertThat(remedied.person().strength()).isEqualTo(Strength.TAP);
            var verified = one(record, Fact.Verified.class);
            assertThat(verified.alarm()).isEqualTo(remedied.alarm());
            assertThat(verified.person().id()).isEqualTo(Who.OFFICER.id);
            assertThat(verified.person().strength()).isEqualTo(Strength.PIN);
        }
    }

    @Test
    void a_night_of_an_alarm_and_a_power_cut_is_answered_for_in_the_morning(Browser browser)
            throws IOException {
        var wall = new FakedWall(folder);
        var night = wrongToShow(LocalTime.of(2, 30));
        wall.wrongBy(night);
        try (var stage = Stage.built(folder)) {
            stage.under(wall.environment());
            stage.start();
            try (var panel = Panel.kitchen(browser, stage)) {
                stage.temperature(Unit.COLD_2, 12_000);
                panel.sees("alarm-banner .head", "2号冷库 温度过高");
                stage.temperature(Unit.COLD_2, 4_125);
                panel.sees("alarm-banner .facts", "已恢复，还没有人确认");
                stage.powerFails();
                panel.sees(".notice", "连接中断");
            }
            wall.wrongBy(night.plusHours(4));
            stage.start();
            try (var panel = Panel.kitchen(browser, stage)) {
                panel.sees("top-line .time", "06:3");
                panel.sees("alarm-banner .facts", "02:3");
                panel.tap("我来处理");
                panel.tap(Who.COOK);
                panel.seesNo("alarm-banner");
                panel.tap("◆ 昨夜 1");
                panel.sees("night-panel .case[data-owed=correct]", "02:3");
                panel.sees("night-panel .case[data-owed=correct]", "还没有处理, 食品要检查");
                panel.sees("night-panel .case[data-id=doubt-cold-2]", "请检查食品并登记");

                panel.tap("试一试蜂鸣器");
                sounds(stage);
                panel.tap("听到了");
                panel.seesNo("night-panel .buzzer");

                panel.tap("看过了, 要处理");
                panel.tap(Who.COOK);
                panel.seesNo("night-panel .answers");
                panel.sees("night-panel h2", "待办");
                panel.tap("做了什么");
                panel.sees("correct-panel h2", "2号冷库 是什么原因？");
                assertThat(panel.faults()).isEmpty();
            }
            reachesThePlatform(stage);
            var record = stage.record();
            assertThat(one(record, Fact.BuzzerTested.class).heard()).isTrue();
            var reviewed = one(record, Fact.Reviewed.class);
            assertThat(reviewed.fine()).isFalse();
            assertThat(reviewed.cases()).isEqualTo(1);
        }
    }

    @Test
    void while_the_power_is_out_staff_read_what_keeps_and_afterwards_for_how_long_it_may_not_have(
            Browser browser) {
        try (var stage = Stage.open(folder);
                var panel = Panel.kitchen(browser, stage)) {
            stage.mains(false);
            panel.sees("alarm-banner .head", "配电箱 停电");
            panel.sees("alarm-banner", "不要开冷藏柜和冷冻柜的门");
            panel.sees("alarm-banner", "冷藏约 4 小时、冷冻约 24 小时内不会坏");
            sounds(stage);
            panel.tap("我来处理");
            panel.tap(Who.COOK);
            panel.sees("alarm-banner .facts", "陈阿姨");
            assertThat(panel.faults()).isEmpty();
            // The battery is empty.
            stage.powerFails();
            panel.sees(".notice", "连接中断");
            stage.temperature(Unit.COLD_2, 9_500);
            Scene.waitAtLeast(Props.OUTAGE);
            stage.mains(true);
            stage.start();
            panel.sees("unit-tile[data-id=fridge-1]", "估计没有超限");
            panel.sees("unit-tile[data-id=cold-2]", "超限最长");
            panel.tap(panel.at("unit-tile[data-id=cold-2]"));
            panel.tap("登记");
            panel.sees("unit-acts", "来电后 9.5 °C");
        }
    }

    @Test
    void a_volunteer_takes_an_alarm_and_is_told_who_does_the_rest(Browser browser) {
        try (var stage = Stage.open(folder);
                var panel = Panel.kitchen(browser, stage)) {
            stage.temperature(Unit.SAMPLES, 12_000);
            panel.sees("alarm-banner .head", "留样柜 温度过高");
            panel.tap("我来处理");
            panel.seesNo("name-tiles .tile:has-text('赵检查')");
            panel.tap(Who.VOLUNTEER);
            panel.sees("alarm-banner .facts", "何同学");

            panel.tap("做了什么");
            panel.tap("设备坏了");
            panel.tap("叫人维修");
            panel.tap("没有食品");
            panel.tap("没有测量");
            panel.tap("保存");
            // What became of food is not a volunteer's to say: the name is not even offered.
            panel.sees(panel.at("name-tiles .tile:has-text('陈阿姨')"));
            panel.seesNo("name-tiles .tile:has-text('何同学')");
            assertThat(panel.faults()).isEmpty();

            var record = stage.record();
            assertThat(one(record, Fact.Acknowledged.class).person().id())
                    .isEqualTo(Who.VOLUNTEER.id);
            assertThat(record).noneMatch(entry -> entry.fact() instanceof Fact.Remedied);
        }
    }

    /** How wrong a clock must be that shows so much in the kitchen, on the day that is now. */
    private static Duration wrongToShow(LocalTime time) {
        var now = Instant.now().atZone(ZoneId.of(Props.ZONE));
        return Duration.between(now, now.with(time));
    }

    private static void sounds(Stage stage) {
        Eventually.within(
                SOON, "the buzzer sounds", () -> stage.tree().output(Props.BUZZER) == Level.HIGH);
    }

    private static void reachesThePlatform(Stage stage) {
        Eventually.within(
                SOON,
                "the platform has what was done",
                stage.platform()::view,
                () -> stage.platform().chainUnbroken());
        assertThat(stage.platform().violations()).isEmpty();
    }

    private static <F extends Fact> F one(List<Entry> record, Class<F> kind) {
        var found =
                record.stream().map(Entry::fact).filter(kind::isInstance).map(kind::cast).toList();
        assertThat(found).as(kind.getSimpleName()).hasSize(1);
        return found.getFirst();
    }
}
