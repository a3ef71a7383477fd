package org.mingchu.sensors.camera.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

final class NoticeReaderTest {
    private static final String BEAT =
            """
            <Notify>
            <CmdType>Keepalive</CmdType>
            <SN>43</SN>
            <DeviceID>34020000001320000001</DeviceID>
            <Status>OK</Status>
            <Info>%s</Info>
            </Notify>
            """;

    private final NoticeReader reader = new NoticeReader();

    @ParameterizedTest
    @CsvSource({
        "GB2312, <?xml version=\"1.0\" encoding=\"GB2312\"?>, ''",
        "GBK, <?xml version='1.0' encoding='gb2312'?>, ''",
        "GB18030, <?xml version=\"1.0\" encoding=\"GB18030\"?>, ''",
        "UTF-8, <?xml version=\"1.0\" encoding=\"UTF-8\"?>, ''",
        "UTF-8, <?xml version=\"1.0\"?>, ''",
        "UTF-8, '', ''",
        "GB2312, '', ''",
        "GB2312, '', Application/MANSCDP+xml;charset=GB2312",
        "UTF-8, '', Application/MANSCDP+xml; charset=\"utf-8\""
    })
    void a_heartbeat_is_read_in_each_script_of_the_field(
            String charset, String declaration, String contentType) {
        var xml = declaration + "\r\n" + BEAT.formatted("<DeviceID>厨房</DeviceID>");
        var notice = read(xml.getBytes(Charset.forName(charset)), contentType).orElseThrow();
        assertThat(notice.keepalive()).isTrue();
        assertThat(notice.number()).hasValue(43);
        assertThat(notice.device()).isEqualTo("34020000001320000001");
        assertThat(notice.faulty()).as("two characters, made harmless").containsExactly("??");
    }

    @Test
    void an_empty_fault_list_is_none_and_a_full_one_is_bounded() {
        assertThat(read(BEAT.formatted("")).orElseThrow().fault()).isEmpty();
        assertThat(read(BEAT.formatted("<DeviceID> </DeviceID>")).orElseThrow().fault()).isEmpty();
        var many = read(BEAT.formatted("<DeviceID>1</DeviceID>".repeat(100))).orElseThrow();
        assertThat(many.faulty()).hasSize(NoticeReader.FAULTY_MAX);
        assertThat(many.fault()).contains("64 faulty: 1, 1, 1, 1");
    }

    @ParameterizedTest
    @CsvSource({
        "OK, ''",
        "ok, ''",
        "ERROR, its status is ERROR",
        "'', ''",
        "a b, its status is a?b"
    })
    void a_status_other_than_ok_is_a_fault(String status, String fault) {
        var xml = BEAT.formatted("").replace(">OK<", ">" + status + "<");
        assertThat(read(xml).orElseThrow().fault().orElse("")).isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<Notify>",
                "<Notify></Notify><Notify></Notify>",
                "<!DOCTYPE a><Notify></Notify>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><Notify>&b;</Notify>",
                "<Notify>&unknown;</Notify>",
                "<a><a><a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></a>"
            })
    void what_is_no_notice_or_wants_more_than_one_is_none(String xml) {
        assertThat(read(xml)).isEmpty();
    }

    @Test
    void a_number_that_is_none_is_left_out() {
        var xml = BEAT.formatted("").replace(">43<", ">99999999999999999999<");
        assertThat(read(xml).orElseThrow().number()).isEmpty();
    }

    private Optional<Notice> read(String xml) {
        return read(xml.getBytes(StandardCharsets.UTF_8), "");
    }

    private Optional<Notice> read(byte[] bytes, String contentType) {
        return reader.read(new String(bytes, StandardCharsets.ISO_8859_1), contentType);
    }
}
