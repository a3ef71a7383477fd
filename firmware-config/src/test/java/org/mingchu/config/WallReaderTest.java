package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/** What a site file says of the public wall, as values; nothing outside its folder is read. */
final class WallReaderTest {
    private static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0
    };

    private static final String WALL =
            """
            [wall]
            phone      = "020-8123 4567"
            form       = "https://platform.example/complain?site=gz-liwan-0042"
            inspection = { date = 2026-10-12, result = "良好", by = "荔湾区市场监管局" }
            by_hand    = ["receiving", "samples"]

              [[wall.paper]]
              kind  = "licence"
              title = "食品经营许可证"
              file  = "wall/licence.png"

              [[wall.paper]]
              kind  = "fees"
              title = "收费公示"
              file  = "wall/fees.txt"

            [[certificate]]
            id       = "licence"
            name     = "食品经营许可证"
            number   = "JY34401030001234"
            valid_to = 2028-05-31

            [[health_certificate]]
            surname  = "陈"
            job      = "厨师"
            valid_to = 2027-03-01
            consent  = true

            [[health_certificate]]
            surname  = "欧阳"
            job      = "配餐员"
            valid_to = 2026-12-01
            consent  = false
            """;

    @TempDir Path folder;

    @Test
    void every_key_of_the_wall_becomes_a_value() throws IOException {
        file("wall/licence.png", PNG);
        file("wall/fees.txt", "午餐 12 元\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var checked = Fixture.good(read(WALL));
        assertThat(checked.remarks()).noneMatch(p -> p.key().startsWith("wall"));
        var wall = checked.value().site().wall();

        assertThat(wall.phone()).contains("020-8123 4567");
        assertThat(wall.form())
                .contains(URI.create("https://platform.example/complain?site=gz-liwan-0042"));
        assertThat(wall.inspection())
                .contains(
                        new Wall.Inspection(
                                LocalDate.of(2026, 10, 12), "良好", Optional.of("荔湾区市场监管局")));
        assertThat(wall.byHand())
                .containsExactly(Wall.ControlPoint.RECEIVING, Wall.ControlPoint.SAMPLES);
        assertThat(wall.certificates())
                .containsExactly(
                        new Wall.Certificate(
                                "licence",
                                "食品经营许可证",
                                Optional.of("JY34401030001234"),
                                LocalDate.of(2028, 5, 31)));
        assertThat(wall.staff())
                .extracting(Wall.HealthCertificate::surname, Wall.HealthCertificate::consent)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("陈", Wall.Consent.GIVEN),
                        org.assertj.core.groups.Tuple.tuple("欧阳", Wall.Consent.NOT_GIVEN));
        assertThat(wall.papers().get(0).content())
                .isInstanceOfSatisfying(
                        Paper.Content.Picture.class,
                        picture -> {
                            assertThat(picture.image().mediaType()).isEqualTo("image/png");
                            assertThat(picture.image().bytes()).isEqualTo(PNG);
                        });
        assertThat(wall.papers().get(1).content()).isEqualTo(new Paper.Content.Words("午餐 12 元\n"));
    }

    @Test
    void a_site_without_a_wall_has_an_empty_one() throws IOException {
        assertThat(Fixture.good(read("")).value().site().wall()).isEqualTo(Wall.NONE);
    }

    /** The name of what it points at says nothing of where that lies. */
    @Test
    void a_link_out_of_the_folder_is_not_followed(@TempDir Path elsewhere) throws IOException {
        var secret = Files.write(elsewhere.resolve("secret.txt"), new byte[] {'x'});
        Files.createDirectories(folder.resolve("wall"));
        Files.createSymbolicLink(folder.resolve("wall/fees.txt"), secret);
        file("wall/licence.png", PNG);
        var checked = Fixture.good(read(WALL));
        assertThat(checked.value().site().wall().papers().get(1).content())
                .isInstanceOf(Paper.Content.Missing.class);
        assertThat(checked.remarks()).anyMatch(p -> p.found().equals("a link out of the folder"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../fees.txt",
                "/etc/passwd.txt",
                "wall/../../fees.txt",
                "wall/./fees.txt",
                "wall//fees.txt",
                "~/fees.txt",
                "fees.svg",
                "fees.html",
                ".ssh/key.txt",
                "a/b/c/d/fees.txt",
                "fees.txt\\u0000.png"
            })
    void no_name_leads_out_of_the_folder(String name) throws IOException {
        var errors = Fixture.errors(read(WALL.replace("wall/fees.txt", name)));
        assertThat(errors).extracting(Problem::key).containsExactly("wall.paper[2].file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://platform.example/form",
                "https://127.0.0.1/form",
                "https://10.0.0.8/form",
                "https://[fd00::1]/form",
                "https://gateway/form",
                "https://localhost/form",
                "https://kitchen.local/form",
                "https://user:secret@platform.example/form",
                "javascript:alert(1)",
                "platform.example"
            })
    void the_code_leads_to_the_platform_and_never_into_the_house(String form) throws IOException {
        var with = WALL.replace("https://platform.example/complain?site=gz-liwan-0042", form);
        assertThat(Fixture.errors(read(with)))
                .extracting(Problem::key)
                .containsExactly("wall.form");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11010519491231002X",
                "110105194912310021",
                "编号11010519491231002x。",
                "110105 19491231 002X",
                "110105-19491231-0021"
            })
    void what_looks_like_an_id_number_is_refused_and_not_repeated(String number)
            throws IOException {
        var errors = Fixture.errors(read(WALL.replace("JY34401030001234", number)));
        assertThat(errors).extracting(Problem::key).containsExactly("certificate[1].number");
        assertThat(errors.getFirst().text()).contains("no ID number").doesNotContain("19491231");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JY34401030001234",
                "91440101MA59ABCD12",
                "914401015678901234",
                "020-81234567",
                "1101051949123100211",
                "110105194913310021"
            })
    void numbers_of_licences_pass(String number) throws IOException {
        assertThat(Fixture.errors(read(WALL.replace("JY34401030001234", number)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "id_number", "idcard", "ID-Card", "identity", "sfzh", "\"身份证号\""})
    void a_key_for_an_id_number_says_to_take_it_out(String key) throws IOException {
        var with = WALL.replace("job      = \"厨师\"", "job = \"厨师\"\n" + key + " = \"1\"");
        assertThat(Fixture.errors(read(with)))
                .singleElement()
                .satisfies(p -> assertThat(p.text()).contains("take the whole line out"));
    }

    @Test
    void what_nobody_would_see_is_a_warning() throws IOException {
        var hidden = read(WALL, "");
        assertThat(Fixture.texts(hidden))
                .anyMatch(text -> text.contains("[console] as well: without it nobody sees this"));
    }

    private void file(String name, byte[] bytes) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private Checked<Plan> read(String wall) throws IOException {
        return read(wall, "[console]\nwall = \"127.0.0.1:8081\"\n");
    }

    private Checked<Plan> read(String wall, String console) throws IOException {
        var text =
                """
                schema = 1
                [site]
                id        = "gz-liwan-0042"
                area      = "gz-liwan"
                gateway   = "gw-1"
                name      = "逢源街长者饭堂"
                kind      = "dining-hall"
                time_zone = "Asia/Shanghai"
                language  = "zh-CN"
                rules     = "cn-catering"
                [hours]
                weekly = ["Mon-Fri 06:00-14:00"]
                [[unit]]
                id   = "cold-1"
                name = "1号冷藏柜"
                kind = "chilled"
                  [[unit.sensor]]
                  id       = "cold-1-air"
                  measures = "temperature"
                  source   = "w1:28-0316a2795dff"
                """
                        + console
                        + wall;
        return PlanReader.read(Files.writeString(folder.resolve("site.toml"), text), Fixture.RULES);
    }
}
