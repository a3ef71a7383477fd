package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.Strength;

/** Whoever acts at the page, and how surely it is them. Immutable. */
public record By(String person, Strength strength) {}
