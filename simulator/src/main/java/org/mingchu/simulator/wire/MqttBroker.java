package org.mingchu.simulator.wire;

/** A well-behaved MQTT 5 broker on 127.0.0.1, for the time of a demonstration. Any thread. */
public sealed interface MqttBroker extends AutoCloseable permits Mosquitto, EmbeddedBroker {
    /** Where it listens. */
    int port();

    /** What it is, for people. */
    String name();

    @Override
    void close();
}
