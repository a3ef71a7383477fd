package org.mingchu.gateway.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Does checks side by side and is back within a bound, whatever hangs. Any thread.
 *
 * <p>On platform threads: a kernel's file that does not answer would hold the carrier of a virtual
 * one. What has not come back by then is left behind on a daemon thread and said.
 */
public final class Checkup {
    /** All of it; a technician does not wait for longer than ten seconds, the asking included. */
    public static final Duration WITHIN = Duration.ofSeconds(7);

    private static final int THREADS = 8;

    private Checkup() {}

    /** One finding for each check, in their order. */
    public static List<Finding> of(List<Check> checks) {
        return of(checks, WITHIN);
    }

    static List<Finding> of(List<Check> checks, Duration within) {
        var threads =
                Executors.newFixedThreadPool(
                        THREADS, Thread.ofPlatform().daemon().name("doctor-", 0).factory());
        try {
            var asked = checks.stream().map(check -> (Callable<Verdict>) check.look()::now);
            return answers(
                    checks,
                    threads.invokeAll(asked.toList(), within.toMillis(), TimeUnit.MILLISECONDS),
                    within);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return answers(checks, List.of(), within);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Finding> answers(
            List<Check> checks, List<Future<Verdict>> asked, Duration within) {
        var findings = new ArrayList<Finding>();
        for (var i = 0; i < checks.size(); i++) {
            findings.add(
                    Finding.of(
                            checks.get(i),
                            i < asked.size() ? answer(asked.get(i), within) : hung(within)));
        }
        return List.copyOf(findings);
    }

    private static Verdict answer(Future<Verdict> asked, Duration within) {
        try {
            return asked.get();
        } catch (CancellationException _) {
            return hung(within);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return hung(within);
        } catch (ExecutionException e) {
            return broken(e);
        }
    }

    private static Verdict hung(Duration within) {
        return Verdict.fail("hung", "within", within.toSeconds() + " s");
    }

    /** A file that cannot be read is a finding, and so is a check of ours that fails itself. */
    private static Verdict broken(ExecutionException e) {
        return switch (e.getCause()) {
            case IOException cause -> Verdict.warn("unreadable", "cause", text(cause));
            case UncheckedIOException cause -> Verdict.warn("unreadable", "cause", text(cause));
            case RuntimeException cause -> Verdict.warn("unreadable", "cause", text(cause));
            case null, default -> throw new IllegalStateException("a check failed itself", e);
        };
    }

    private static String text(Exception cause) {
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
