package org.mingchu.gateway.tell;

import java.util.Optional;

/**
 * The program that speaks. Immutable.
 *
 * @param simulated nothing of what it says comes from a real kitchen
 * @param verifierKey C2SP verifier key of the device's key (Ed25519, type 01); empty while it signs
 *     nothing
 */
public record About(String version, boolean simulated, Optional<String> verifierKey) {}
