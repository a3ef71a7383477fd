package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.SeqRange;

import java.util.List;

class AckTest {
    @Test
    void the_contracts_example_is_understood() {
        assertThat(Ack.read(Testcases.read("ack/input.json")))
                .isEqualTo(
                        new Ack.Taken(
                                Kitchen.EPOCH,
                                List.of(new SeqRange(18_102, 18_102), new SeqRange(18_228, 18_234)),
                                List.of(new Fact.Rejection(18_111, "unknown unit"))));
    }

    @Test
    void whatever_is_not_exactly_an_acknowledgement_is_refused_with_a_reason() {
        for (var text :
                List.of(
                        "",
                        "null",
                        "[]",
                        "{}",
                        "{\"epoch\":\"9f2c61d07b3a4e55\"}",
                        "{\"ranges\":[]}",
                        ack("[[2,1]]"),
                        ack("[[0,1]]"),
                        ack("[[-5,1]]"),
                        ack("[[1]]"),
                        ack("[[1,2,3]]"),
                        ack("[[1.0,2]]"),
                        ack("[[\"1\",2]]"),
                        ack("[[1,99999999999999999999]]"),
                        ack("[1,2]"),
                        ack("{}"),
                        ack("[[1,2]],\"upTo\":7"),
                        ack("[[1,2]],\"ranges\":[[3,4]]"),
                        ack("[],\"reject\":[{\"seq\":1}]"),
                        ack("[],\"reject\":[{\"seq\":1,\"reason\":\"\"}]"),
                        ack(
                                "[],\"reject\":[{\"seq\":1,\"reason\":\"%s\"}]"
                                        .formatted("x".repeat(201))),
                        ack("[[1,2]]") + "{}",
                        ack("[[1,2]]").substring(0, 40),
                        ack("[" + "[1,1],".repeat(1_000) + "[1,1]]"),
                        ack("[]" + " ".repeat(Ack.BYTES_MAX)))) {
            assertThat(Ack.read(text)).as(text).isInstanceOf(Ack.Unreadable.class);
        }
    }

    private static String ack(String ranges) {
        return "{\"epoch\":\"9f2c61d07b3a4e55\",\"ranges\":" + ranges + "}";
    }
}
