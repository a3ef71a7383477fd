package org.mingchu.simulator.demo;

import java.util.List;

/** What the film asks of the supervision platform's stand-in. Any thread. */
interface Regulator extends AutoCloseable {
    /** Whether it has received and taken this entry. */
    boolean received(String epoch, long seq);

    /** What it holds against the gateway: messages off the contract, entries out of order. */
    List<String> complaints();

    @Override
    void close();
}
