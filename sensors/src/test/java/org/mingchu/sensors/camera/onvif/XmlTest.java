package org.mingchu.sensors.camera.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

final class XmlTest {
    @Test
    void prefixes_and_case_make_no_difference() {
        var xml = read("<s:A xmlns:s=\"u\" k=\"v\"><HDD><Status> ok </Status></HDD></s:A>").get();

        assertThat(xml.name()).isEqualTo("A");
        assertThat(xml.attribute("k")).contains("v");
        assertThat(xml.find("hdd").flatMap(h -> h.word("status"))).contains("ok");
        assertThat(xml.word("missing")).isEmpty();
        assertThat(xml.number("status")).isEmpty();
    }

    @Test
    void a_document_in_a_chinese_encoding_is_read() {
        var text = "<?xml version=\"1.0\" encoding=\"GB2312\"?><a>厨房</a>";

        assertThat(Xml.read(text.getBytes(Charset.forName("GB2312"))).map(Xml::text))
                .contains("厨房");
    }

    @Test
    void a_name_in_another_encoding_than_it_claims_spoils_only_itself() {
        var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?><a><n>厨房</n><t>7</t></a>";
        var xml = Xml.read(text.getBytes(Charset.forName("GBK"))).orElseThrow();

        assertThat(xml.number("t")).contains(7L);
        assertThat(
                        read("\uFEFF<?xml version=\"1.0\" encoding=\"nonsense\"?><a>ü</a>")
                                .map(Xml::text))
                .contains("ü");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "<a>",
                "<a></b>",
                "<a>&undefined;</a>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>",
                "<!DOCTYPE a [<!ENTITY e \"x\"><!ENTITY f \"&e;&e;\">]><a>&f;</a>",
                "<!DOCTYPE a SYSTEM \"http://198.51.100.1/a.dtd\"><a/>",
            })
    void what_is_no_plain_xml_is_nothing(String document) {
        assertThat(read(document)).isEmpty();
    }

    @Test
    void a_document_deeper_or_longer_than_anybody_needs_is_nothing() {
        var deep = Xml.DEPTH_MAX;
        assertThat(read("<a>".repeat(deep) + "</a>".repeat(deep))).isPresent();
        assertThat(read("<a>".repeat(deep + 1) + "</a>".repeat(deep + 1))).isEmpty();
        var many = Xml.ELEMENTS_MAX - 1;
        assertThat(read("<r>" + "<a/>".repeat(many) + "</r>")).isPresent();
        assertThat(read("<r>" + "<a/>".repeat(many + 1) + "</r>")).isEmpty();
    }

    private static Optional<Xml> read(String document) {
        return Xml.read(document.getBytes(StandardCharsets.UTF_8));
    }
}
