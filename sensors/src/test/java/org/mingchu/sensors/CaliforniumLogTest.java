package org.mingchu.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Californium is built against slf4j 1.7; the house pins 2.0, where a 1.7 back end is not found.
 */
final class CaliforniumLogTest {
    @Test
    void what_californium_logs_reaches_logback() {
        var logger = (Logger) LoggerFactory.getLogger(CoapServer.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        CoapConfig.register();
        UdpConfig.register();
        var settings = Configuration.createStandardWithoutFile();
        var server = new CoapServer(settings);
        server.addEndpoint(
                CoapEndpoint.builder()
                        .setConfiguration(settings)
                        .setInetSocketAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .build());
        try {
            server.start();
        } finally {
            server.destroy();
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getLoggerName)
                .contains(CoapServer.class.getName());
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("Starting server"));
    }
}
