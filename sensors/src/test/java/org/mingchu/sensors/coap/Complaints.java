package org.mingchu.sensors.coap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;

import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Californium and Scandium write into the log as an error or with a stack trace: they catch
 * whatever is thrown and say it there, and whoever sends a datagram may have it written. Any
 * thread.
 */
final class Complaints extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final int KEPT_MAX = 10;

    private final Logger log = (Logger) LoggerFactory.getLogger("org.eclipse.californium");
    private final List<String> heard = new ArrayList<>();

    static Complaints listen() {
        var complaints = new Complaints();
        complaints.start();
        complaints.log.addAppender(complaints);
        return complaints;
    }

    @Override
    protected void append(ILoggingEvent event) {
        var thrown = Optional.ofNullable(event.getThrowableProxy());
        var worst = thrown.isPresent() ? Level.WARN : Level.ERROR;
        synchronized (heard) {
            if (event.getLevel().isGreaterOrEqual(worst) && heard.size() < KEPT_MAX) {
                heard.add(
                        event.getFormattedMessage()
                                + thrown.map(t -> "\n" + ThrowableProxyUtil.asString(t))
                                        .orElse(""));
            }
        }
    }

    /** What was heard since the last time. */
    List<String> taken() {
        synchronized (heard) {
            var taken = List.copyOf(heard);
            heard.clear();
            return taken;
        }
    }

    @Override
    public void close() {
        log.detachAppender(this);
        stop();
    }
}
