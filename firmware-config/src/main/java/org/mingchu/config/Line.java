package org.mingchu.config;

/** A Modbus line. Immutable. */
public record Line(String id, String device, int speedBaud) {}
