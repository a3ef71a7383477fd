package org.mingchu.gateway.judge;

/** Who did something: a pseudonym, never a name. Immutable. */
public record Person(String id, Role role, Strength strength) {}
