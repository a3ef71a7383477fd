package org.mingchu.gateway.show;

import com.pi4j.context.Context;

/** Breaks a wall on purpose. */
public final class PlantedNamesPi4j {
    public void wrong(Context board) {
        board.shutdown();
    }
}
