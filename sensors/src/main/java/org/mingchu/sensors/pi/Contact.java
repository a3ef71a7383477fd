package org.mingchu.sensors.pi;

import org.mingchu.config.Quantity;
import org.mingchu.sensors.Announcing;
import org.mingchu.sensors.Correction;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A contact to ground at a pin with pull-up: closed pulls low and is 0, open is 1000, so that a
 * detector with a contact that is closed at rest also reports when its wire is cut. The raw value
 * is the contact's, the judged one the door's or the detector's. Reads from one thread at a time;
 * announces on the board's thread.
 */
public final class Contact implements Announcing {
    private static final long CLOSED_MILLI = 0;
    private static final long OPEN_MILLI = 1000;

    private final String id;
    private final Quantity quantity;
    private final int bcm;
    private final Sense sense;
    private final Board board;
    private final Correction correction;
    private volatile Consumer<Reading> told = _ -> {};
    private Optional<Board.Input> pin = Optional.empty();

    /** Which way round the contact is mounted. */
    public enum Sense {
        CLOSED_IS_SHUT,
        OPEN_IS_SHUT
    }

    public Contact(
            String id,
            Quantity quantity,
            int bcm,
            Sense sense,
            Board board,
            Correction correction) {
        this.id = id;
        this.quantity = quantity;
        this.bcm = bcm;
        this.sense = sense;
        this.board = board;
        this.correction = correction;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void whenChanged(Consumer<Reading> told) {
        this.told = told;
    }

    /** Takes the pin at the first read, and tries again at each later one while it cannot. */
    @Override
    public Reading read() {
        try {
            if (pin.isEmpty()) {
                pin = Optional.of(board.input(bcm, high -> told.accept(door(high))));
            }
            return door(pin.orElseThrow().high());
        } catch (Board.BoardException e) {
            return new Reading.Silent(id, Fault.BUS, String.valueOf(e.getMessage()));
        }
    }

    private Reading door(boolean high) {
        var rawMilli = high ? OPEN_MILLI : CLOSED_MILLI;
        var contact = correction.of(id, quantity, rawMilli);
        return switch (sense) {
            case CLOSED_IS_SHUT -> contact;
            case OPEN_IS_SHUT ->
                    new Reading.Measured(
                            id,
                            quantity,
                            rawMilli,
                            OPEN_MILLI - rawMilli,
                            contact.ageNs(),
                            contact.flags());
        };
    }
}
