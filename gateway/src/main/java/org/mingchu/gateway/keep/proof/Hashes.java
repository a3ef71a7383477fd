package org.mingchu.gateway.keep.proof;

import java.util.Optional;

/** The hashes that somebody has of a tree. What is missing, {@link Tree} makes from below. */
@FunctionalInterface
public interface Hashes {
    /**
     * The hash of a perfect subtree, if it is known as such.
     *
     * @param level 0 for leaves
     * @param index from 0, within the level
     */
    Optional<byte[]> node(int level, long index);
}
