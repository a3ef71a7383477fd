package org.mingchu.simulator.wire;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** Artemis in this process, in memory, open to everybody on the loopback address. Any thread. */
public final class EmbeddedBroker implements MqttBroker {
    private static final String ACCEPTOR = "mqtt";

    private final EmbeddedActiveMQ artemis = new EmbeddedActiveMQ();
    private final int port;

    /** Listens on a free port. */
    public EmbeddedBroker() {
        port = start();
    }

    /** Artemis declares Exception; what it means here is that there is no broker. */
    private int start() {
        try {
            var configuration =
                    new ConfigurationImpl()
                            .setPersistenceEnabled(false)
                            .setSecurityEnabled(false)
                            .setJMXManagementEnabled(false)
                            .addAcceptorConfiguration(ACCEPTOR, "tcp://127.0.0.1:0?protocols=MQTT");
            artemis.setConfiguration(configuration).start();
            return artemis.getActiveMQServer()
                    .getRemotingService()
                    .getAcceptor(ACCEPTOR)
                    .getActualPort();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded broker did not start", e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String name() {
        return "Artemis, embedded";
    }

    @Override
    public void close() {
        try {
            artemis.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded broker did not stop", e);
        }
    }
}
