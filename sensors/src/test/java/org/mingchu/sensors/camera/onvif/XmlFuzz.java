package org.mingchu.sensors.camera.onvif;

import org.mingchu.sensors.camera.http.Head;
import org.mingchu.sensors.camera.http.HttpOutcome;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Any document a camera or recorder may send, through all that reads one. */
public final class XmlFuzz {
    private static final DeviceTime NOW = new DeviceTime(1_795_392_000_000L, ZoneOffset.ofHours(8));

    private XmlFuzz() {}

    public static void fuzzerTestOneInput(byte[] document) {
        Alert.read(document);
        var answer = new HttpOutcome.Answer(200, new Head("", Map.of()), document);
        Soap.response(answer, "SystemDateAndTime");
        Xml.read(document).ifPresent(XmlFuzz::use);
    }

    private static void use(Xml xml) {
        Isapi.disks(xml).forEach(Disk::full);
        for (var match : Isapi.matches(xml, 101, NOW)) {
            old(match.startAgeMs());
            old(match.endAgeMs());
        }
        xml.word("localTime").ifPresent(t -> Isapi.dated(t, xml));
        xml.find("UTCDateTime").ifPresent(Onvif::date);
        xml.all("Profiles").forEach(Onvif::profile);
        Onvif.addresses(xml);
        Onvif.capabilities(xml);
        xml.word("TZ").ifPresent(Zones::ahead);
        for (var recording : OnvifSearch.recordings(xml, NOW)) {
            old(recording.span().oldestAgeMs());
            old(recording.span().newestAgeMs());
        }
    }

    private static void old(Optional<Long> ageMs) {
        if (ageMs.orElse(0L) < 0) {
            throw new AssertionError("a recording of the future");
        }
    }
}
