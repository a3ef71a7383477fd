package org.mingchu.sensors.coap;

import org.mingchu.sensors.Intake;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An intake that remembers what it was given and says when it is told to. Any thread. */
final class Shelf implements Intake {
    private final List<List<Reading>> rounds = new ArrayList<>();
    private final List<CompletableFuture<Void>> open = new ArrayList<>();
    private Mood mood = Mood.KEEPS;

    enum Mood {
        KEEPS,
        WAITS,
        FULL
    }

    synchronized void mood(Mood now) {
        mood = now;
    }

    @Override
    public synchronized CompletableFuture<Void> take(List<Reading> readings) {
        return switch (mood) {
            case KEEPS -> {
                rounds.add(List.copyOf(readings));
                yield CompletableFuture.allOf();
            }
            case WAITS -> {
                rounds.add(List.copyOf(readings));
                var later = new CompletableFuture<Void>();
                open.add(later);
                yield later;
            }
            case FULL -> CompletableFuture.failedFuture(new IllegalStateException("inbox full"));
        };
    }

    /** The commits that are waited for happen. */
    void commit() {
        List<CompletableFuture<Void>> now;
        synchronized (this) {
            now = List.copyOf(open);
            open.clear();
        }
        now.forEach(f -> f.complete(null));
    }

    synchronized List<List<Reading>> rounds() {
        return List.copyOf(rounds);
    }

    List<Reading.Measured> values() {
        return rounds().stream()
                .flatMap(List::stream)
                .filter(Reading.Measured.class::isInstance)
                .map(Reading.Measured.class::cast)
                .toList();
    }
}
