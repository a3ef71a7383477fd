package org.mingchu.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.FilePayload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Fact;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** What a technician does at his page in the first hour. */
@ExtendWith(Screens.class)
final class TechnicianScreen {
    @TempDir private Path folder;

    @Test
    void a_drill_begun_here_is_taken_in_the_kitchen_and_each_hop_is_told(Browser browser) {
        try (var stage = Stage.open(folder);
                var panel = Panel.kitchen(browser, stage);
                var page = Panel.technician(browser, stage)) {
            page.tap("开始演习");
            panel.sees("alarm-banner .head", "演习，食品没有问题");
            panel.tap("我来处理");
            panel.tap(Who.COOK);
            panel.seesNo("alarm-banner");
            page.sees("section.drill .verdict", "每一步都完成");
            page.sees("section.drill", "有人接手");
            assertThat(Look.at(page.page())).isEmpty();
            assertThat(panel.faults()).isEmpty();
            assertThat(page.faults()).isEmpty();

            assertThat(stage.record())
                    .extracting(entry -> entry.fact())
                    .filteredOn(Fact.Drilled.class::isInstance)
                    .last()
                    .satisfies(fact ->
                            assertThat(((Fact.Drilled) fact).ran().orElseThrow().passed())
                                    .isTrue());
        }
    }

    @Test
    void a_picture_of_where_a_probe_hangs_is_kept_and_shown(Browser browser) throws IOException {
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        try (var stage = Stage.open(folder);
                var page = Panel.technician(browser, stage)) {
            page.at(".place input")
                    .first()
                    .setInputFiles(new FilePayload("place.jpg", "image/jpeg", jpeg.toByteArray()));
            page.sees(page.at(".place img").first());
            assertThat(Look.at(page.page())).isEmpty();
            assertThat(page.faults()).isEmpty();
            assertThat(stage.record())
                    .anyMatch(entry -> entry.fact() instanceof Fact.PlacePictured);
        }
    }
}
