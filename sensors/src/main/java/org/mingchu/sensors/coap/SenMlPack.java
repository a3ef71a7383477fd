package org.mingchu.sensors.coap;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a body of SenML says, in the order it says it. Immutable.
 *
 * @param values numbers and switches; texts, bytes and sums are read and left out
 * @param sequence of a record named {@code seq}
 */
record SenMlPack(List<SenMlValue> values, OptionalLong sequence) implements SenMl.Decoded {
    SenMlPack {
        values = List.copyOf(values);
    }
}
