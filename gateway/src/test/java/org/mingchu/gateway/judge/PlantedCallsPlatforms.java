package org.mingchu.gateway.judge;

import org.mingchu.gateway.tell.Courier;

/** Breaks a wall on purpose. */
public final class PlantedCallsPlatforms {
    public void wrong(Courier courier) {
        courier.ring();
    }
}
