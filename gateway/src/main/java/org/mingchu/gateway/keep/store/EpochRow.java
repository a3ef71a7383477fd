package org.mingchu.gateway.keep.store;

/**
 * An epoch of this file.
 *
 * @param no counts from 1 within the file; the highest is the one that is being written
 * @param id 16 hexadecimal digits
 * @param binding which board and folder it was born in
 */
public record EpochRow(int no, String id, String binding) {}
