package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mingchu.config.CameraVerdict.AUTH;
import static org.mingchu.config.CameraVerdict.HEALTHY;
import static org.mingchu.config.CameraVerdict.LINK_LOST;
import static org.mingchu.config.CameraVerdict.NETWORK_LOST;
import static org.mingchu.config.CameraVerdict.PLANNED_OFF;
import static org.mingchu.config.CameraVerdict.REFUSED;
import static org.mingchu.config.CameraVerdict.UNKNOWN;
import static org.mingchu.config.CameraVerdict.UNREACHABLE;

import org.junit.jupiter.api.Test;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Reading.Seen;
import org.mingchu.sensors.camera.CameraNet.Carrier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class CameraNetTest {
    @Test
    void more_than_half_of_the_hosts_gone_at_once_is_one_event_of_the_site() {
        assertThat(judged(HEALTHY, UNREACHABLE, UNREACHABLE))
                .containsExactly(HEALTHY, UNKNOWN, UNKNOWN, NETWORK_LOST);
        assertThat(judged(UNREACHABLE, UNREACHABLE, UNREACHABLE))
                .containsExactly(UNKNOWN, UNKNOWN, UNKNOWN, NETWORK_LOST);
    }

    @Test
    void half_of_them_are_so_many_cameras() {
        assertThat(judged(HEALTHY, HEALTHY, UNREACHABLE, UNREACHABLE))
                .containsExactly(HEALTHY, HEALTHY, UNREACHABLE, UNREACHABLE, HEALTHY);
    }

    @Test
    void of_two_cameras_no_majority_is_made() {
        assertThat(judged(UNREACHABLE, UNREACHABLE))
                .containsExactly(UNREACHABLE, UNREACHABLE, HEALTHY);
    }

    @Test
    void without_a_link_of_our_own_nothing_is_said_of_any_camera() {
        var net = new CameraNet(hosts(1));

        assertThat(net.judged(List.of(new Seen("cam-0", UNREACHABLE, 7)), Carrier.LOST))
                .containsExactly(new Seen("cam-0", UNKNOWN, 7), new Seen("cameras", LINK_LOST, 0));
    }

    @Test
    void what_is_wrong_but_answers_stays_wrong_while_the_network_is_lost() {
        assertThat(judged(AUTH, UNREACHABLE, UNREACHABLE, UNREACHABLE))
                .containsExactly(AUTH, UNKNOWN, UNKNOWN, UNKNOWN, NETWORK_LOST);
    }

    @Test
    void ports_that_refuse_are_hosts_that_live() {
        assertThat(judged(REFUSED, REFUSED, UNREACHABLE))
                .containsExactly(REFUSED, REFUSED, UNREACHABLE, HEALTHY);
    }

    /** Eight channels go with their recorder: that is one host. */
    @Test
    void a_recorder_with_its_channels_is_one_host() {
        var hosts = hosts(3);
        var round = new ArrayList<Reading>();
        for (int channel = 0; channel < 8; channel++) {
            hosts.put("channel-" + channel, "10.0.0.0");
            round.add(new Seen("channel-" + channel, UNKNOWN, 0));
        }
        round.add(new Seen("cam-0", UNREACHABLE, 0));
        round.add(new Seen("cam-1", HEALTHY, 0));
        round.add(new Seen("cam-2", HEALTHY, 0));
        var net = new CameraNet(hosts);

        assertThat(net.judged(round, Carrier.PRESENT)).endsWith(new Seen("cameras", HEALTHY, 0));
        round.set(9, new Seen("cam-1", UNREACHABLE, 0));
        assertThat(net.judged(round, Carrier.PRESENT))
                .endsWith(new Seen("cameras", NETWORK_LOST, 0));
    }

    @Test
    void cameras_that_are_off_on_purpose_are_not_counted() {
        assertThat(judged(PLANNED_OFF, PLANNED_OFF, PLANNED_OFF, HEALTHY, UNREACHABLE, UNREACHABLE))
                .endsWith(UNKNOWN, UNKNOWN, NETWORK_LOST);
    }

    @Test
    void cameras_of_which_nothing_is_known_yet_are_counted_as_there() {
        assertThat(judged(UNKNOWN, UNKNOWN, UNREACHABLE)).endsWith(UNREACHABLE, HEALTHY);
    }

    @Test
    void other_readings_of_the_round_pass_through() {
        var silent = new Reading.Silent("fridge", Fault.SILENT, "");
        var picture = new Seen("cam-0-picture", UNREACHABLE, 0);

        assertThat(new CameraNet(hosts(1)).judged(List.of(silent, picture), Carrier.LOST))
                .startsWith(silent, picture);
    }

    private static List<CameraVerdict> judged(CameraVerdict... verdicts) {
        var round = new ArrayList<Reading>();
        for (var verdict : verdicts) {
            round.add(new Seen("cam-" + round.size(), verdict, 0));
        }
        return new CameraNet(hosts(verdicts.length))
                .judged(round, Carrier.PRESENT).stream().map(r -> ((Seen) r).verdict()).toList();
    }

    private static Map<String, String> hosts(int count) {
        var hosts = new HashMap<String, String>();
        for (int i = 0; i < count; i++) {
            hosts.put("cam-" + i, "10.0.0." + i);
        }
        return hosts;
    }
}
