package org.mingchu.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

import org.mingchu.sensors.kernel.KernelClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the program's log looks like. Written here because to read it from XML takes a third of the
 * time in which a command starts; a file that somebody names, or that a test brings along, still
 * comes first. Found by Logback itself, at the first word; one thread.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class ProgramLog extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{20} %msg%n%ex{short}";

    /** What Logback's own search looks for: a file that is named, then a test's. */
    private static final String NAMED = "logback.configurationFile";

    private static final String TESTS = "logback-test.xml";
    private static final String OUT = "out";

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        if (System.getProperty(NAMED) != null || isThere(TESTS)) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        // Pi4J tells four errors about the board model on every machine that is not a Pi.
        log.getLogger("com.pi4j").setLevel(Level.WARN);
        log.getLogger("com.pi4j.boardinfo").setLevel(Level.OFF);
        // Paho prints a stack trace at each cut of the link; the courier says it in one line.
        log.getLogger("org.eclipse.paho").setLevel(Level.OFF);
        // Californium tells every listener, thread and session it begins; the door says what
        // counts.
        log.getLogger("org.eclipse.californium").setLevel(Level.WARN);
        var root = log.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(standardOutput(log));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Nothing else: the journal of systemd keeps, bounds and rotates it. */
    private static ConsoleAppender<ILoggingEvent> standardOutput(LoggerContext log) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(log);
        encoder.setPattern(PATTERN);
        encoder.start();
        var out = new ConsoleAppender<ILoggingEvent>();
        out.setContext(log);
        out.setName(OUT);
        out.setEncoder(encoder);
        out.start();
        return out;
    }

    /** From here on beside standard output, which is a command's answer. */
    static void beside() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log
                && log.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(OUT)
                        instanceof ConsoleAppender<ILoggingEvent> out) {
            out.stop();
            out.setTarget("System.err");
            out.start();
            // That the clock is synchronised is no news for whoever waits for an answer.
            log.getLogger(KernelClock.class).setLevel(Level.WARN);
        }
    }

    private static boolean isThere(String resource) {
        return ProgramLog.class.getClassLoader().getResource(resource) != null;
    }
}
