package org.mingchu.simulator.platform;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes acknowledgements, and holds those that are not due. One thread. */
final class Answers {
    /** The contract's expiry of an acknowledgement, in seconds. */
    private static final long EXPIRY_SECONDS = 3600;

    /** The contract's expiry of a receipt, in seconds. */
    private static final long RECEIPT_EXPIRY_SECONDS = 86_400;

    private final JsonMapper mapper = new JsonMapper();
    private final Map<Long, String> rejected = new HashMap<>();
    private final Deque<Due> waiting = new ArrayDeque<>();
    private Answer answer = new Answer.AtOnce();

    private record Due(long atMs, Outgoing message) {}

    void become(Answer next) {
        answer = next;
    }

    Answer mode() {
        return answer;
    }

    void reject(long seq, String reason) {
        rejected.put(seq, reason);
    }

    boolean rejects(long seq) {
        return rejected.containsKey(seq);
    }

    /** Answers entries that came in one message. */
    void answer(Address from, String epoch, List<Long> seqs, long nowMs) {
        switch (answer) {
            case Answer.AtOnce _, Answer.NothingBefore _ -> add(nowMs, from, epoch, seqs);
            case Answer.After after -> add(nowMs + after.delayMs(), from, epoch, seqs);
            case Answer.Never _ -> {}
        }
    }

    /** Sends a cosigned checkpoint back. */
    void receipt(Address from, String note, long nowMs) {
        var receipt = new Outgoing(from.topic("receipt"), note, RECEIPT_EXPIRY_SECONDS);
        switch (answer) {
            case Answer.AtOnce _, Answer.NothingBefore _ -> waiting.add(new Due(nowMs, receipt));
            case Answer.After after -> waiting.add(new Due(nowMs + after.delayMs(), receipt));
            case Answer.Never _ -> {}
        }
    }

    private void add(long dueMs, Address from, String epoch, List<Long> seqs) {
        var ack = mapper.createObjectNode().put("epoch", epoch);
        writeRanges(ack, seqs.stream().filter(seq -> !rejects(seq)).sorted().toList());
        writeRejections(ack, seqs.stream().filter(this::rejects).toList());
        waiting.add(
                new Due(dueMs, new Outgoing(from.topic("ack"), ack.toString(), EXPIRY_SECONDS)));
    }

    /** Exact ranges: a number between two that came is not acknowledged with them. */
    private static void writeRanges(ObjectNode ack, List<Long> seqs) {
        var ranges = ack.putArray("ranges");
        for (int i = 0; i < seqs.size(); ) {
            var from = seqs.get(i);
            var to = from;
            while (++i < seqs.size() && seqs.get(i) <= to + 1) {
                to = seqs.get(i);
            }
            ranges.addArray().add(from).add(to);
        }
    }

    private void writeRejections(ObjectNode ack, List<Long> seqs) {
        if (seqs.isEmpty()) {
            return;
        }
        var reject = ack.putArray("reject");
        for (var seq : seqs) {
            reject.addObject().put("seq", seq).put("reason", rejected.getOrDefault(seq, ""));
        }
    }

    /** What is to be sent by now. */
    List<Outgoing> due(long nowMs) {
        var due = new ArrayList<Outgoing>();
        while (!waiting.isEmpty() && waiting.getFirst().atMs() <= nowMs) {
            due.add(waiting.remove().message());
        }
        return due;
    }
}
