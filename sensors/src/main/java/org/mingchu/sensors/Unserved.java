package org.mingchu.sensors;

/**
 * A thing the site file names and this version cannot ask: it is shown as silent, with the reason,
 * instead of being left out. Immutable.
 *
 * @param what the part that is missing, as the site file calls it
 */
record Unserved(String id, String what) implements Sensor {
    @Override
    public Reading read() {
        return new Reading.Silent(id, Fault.BUS, what + " is not served by this version");
    }
}
