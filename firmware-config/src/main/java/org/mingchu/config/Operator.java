package org.mingchu.config;

import java.time.LocalDate;

/** Who runs the kitchen; a change of operator is a recorded hand-over. Immutable. */
public record Operator(String id, String name, LocalDate validFrom) {}
