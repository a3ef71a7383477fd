package org.mingchu.gateway.keep.pack;

import java.util.List;
import java.util.Optional;

/**
 * What came of packing.
 *
 * @param block empty when nothing could be packed
 * @param leftOut entries that are not in the block, as they were given: they stay rows
 */
public record Packed(Optional<Block> block, List<byte[]> leftOut) {}
