package org.mingchu.simulator.demo;

/** What the film asks of the supervision platform's stand-in. Any thread. */
interface Regulator extends AutoCloseable {
    /** Whether it has received and taken this entry. */
    boolean received(String epoch, long seq);

    @Override
    void close();
}
