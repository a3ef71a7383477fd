package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class DeliveryTest {
    @Test
    void neighbours_of_a_lane_join_across_the_entries_of_other_lanes() {
        var delivery = new Delivery(Progress.NONE);
        delivery.add(10, 17);
        delivery.add(3, 10);
        assertThat(delivery.progress()).isEqualTo(new Progress(0, List.of(new SeqRange(4, 17))));

        delivery.add(0, 3);
        assertThat(delivery.progress()).isEqualTo(new Progress(17, List.of()));
        assertThat(delivery.missingFrom(1)).isEqualTo(18);
    }

    @Test
    void in_whatever_order_entries_arrive_the_floor_reaches_the_last_and_every_step_is_true() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var seqs = new ArrayList<Long>();
            for (long seq = 0; seqs.size() < 60; seq += 1 + random.nextInt(5)) {
                seqs.add(seq);
            }
            var order = new ArrayList<Integer>();
            for (int i = 1; i < seqs.size(); i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            var delivery = new Delivery(Progress.NONE);
            var there = new ArrayList<Long>();
            for (var i : order) {
                delivery = new Delivery(delivery.progress());
                delivery.add(seqs.get(i - 1), seqs.get(i));
                there.add(seqs.get(i));
                for (var seq : seqs.subList(1, seqs.size())) {
                    assertThat(delivery.has(seq))
                            .as("seed %d", seed)
                            .isEqualTo(there.contains(seq));
                }
            }
            assertThat(delivery.progress())
                    .as("seed %d", seed)
                    .isEqualTo(new Progress(seqs.getLast(), List.of()));
        }
    }
}
