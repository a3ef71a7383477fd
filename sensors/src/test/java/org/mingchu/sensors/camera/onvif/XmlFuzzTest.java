package org.mingchu.sensors.camera.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mingchu.sensors.camera.http.Head;
import org.mingchu.sensors.camera.http.HttpOutcome;
import org.mingchu.sensors.camera.http.Mutated;

import java.time.ZoneOffset;
import java.util.Map;

final class XmlFuzzTest {
    private static final DeviceTime NOW = new DeviceTime(1_795_392_000_000L, ZoneOffset.ofHours(8));

    @Test
    @Timeout(1200)
    void any_document_is_read_or_is_nothing() {
        assertThat(Mutated.feed("xml", 8259, XmlFuzzTest::fuzz)).isGreaterThan(50);
    }

    /** Any document a device may send, through all that reads one. */
    static void fuzz(byte[] document) {
        Alert.read(document);
        var answer = new HttpOutcome.Answer(200, new Head("", Map.of()), document);
        Soap.response(answer, "SystemDateAndTime");
        Xml.read(document).ifPresent(XmlFuzzTest::fuzz);
    }

    private static void fuzz(Xml xml) {
        Isapi.disks(xml).forEach(Disk::full);
        Isapi.matches(xml, 101, NOW);
        xml.word("localTime").ifPresent(t -> Isapi.dated(t, xml));
        xml.find("UTCDateTime").ifPresent(Onvif::date);
        xml.all("Profiles").forEach(Onvif::profile);
        Onvif.addresses(xml);
        Onvif.capabilities(xml);
        xml.word("TZ").ifPresent(Zones::ahead);
        for (var recording : OnvifSearch.recordings(xml, NOW)) {
            recording.span().oldestAgeMs().ifPresent(age -> assertThat(age).isNotNegative());
            recording.span().newestAgeMs().ifPresent(age -> assertThat(age).isNotNegative());
        }
    }
}
