package org.mingchu.gateway.doctor;

import java.util.Map;

/**
 * What a check has found. Immutable.
 *
 * @param id the check's
 * @param of which of several such things; empty where there is one
 * @param why with {@code id} it keys the texts
 * @param words what fills them in
 */
public record Finding(String id, String of, Status status, String why, Map<String, String> words) {
    public Finding {
        words = Map.copyOf(words);
    }

    static Finding of(Check check, Verdict verdict) {
        return new Finding(
                check.id(), check.of(), verdict.status(), verdict.why(), verdict.words());
    }
}
