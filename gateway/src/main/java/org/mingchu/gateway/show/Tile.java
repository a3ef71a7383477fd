package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.Role;

/** A name tile: somebody who may be asked for at the page. Immutable. */
public record Tile(String id, String name, Role role) {}
