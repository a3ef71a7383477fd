package org.mingchu.sensors.coap;

/**
 * One resolved record of a pack. Immutable.
 *
 * @param name base name and name together
 * @param ownName the name after the base name; may be empty
 * @param unit empty when the record gives none
 */
record SenMlValue(String name, String ownName, String unit, Said said, When when) {}
