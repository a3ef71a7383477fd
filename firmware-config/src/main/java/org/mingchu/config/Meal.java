package org.mingchu.config;

import java.time.LocalTime;

/** One meal of the day and when it is served. Immutable. */
public record Meal(String id, String name, LocalTime from, LocalTime to) {}
