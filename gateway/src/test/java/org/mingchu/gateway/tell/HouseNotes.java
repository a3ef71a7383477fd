package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;

import java.util.ArrayList;
import java.util.List;

/** What the house was told, in order. Any thread. */
final class HouseNotes implements Notices {
    private final MemoryOutbox outbox;
    private final List<LinkState> links = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<SeqRange> delivered = new ArrayList<>();
    private final List<Fact.Rejection> rejected = new ArrayList<>();
    private int progresses;

    HouseNotes(MemoryOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public synchronized void link(LinkState state, String reason) {
        links.add(state);
        reasons.add(reason);
    }

    @Override
    public synchronized void delivered(List<SeqRange> ranges, List<Fact.Rejection> refused) {
        delivered.addAll(ranges);
        rejected.addAll(refused);
    }

    @Override
    public synchronized void progress(Lane lane, Progress progress) {
        progresses++;
        outbox.keep(lane, progress);
    }

    synchronized List<LinkState> links() {
        return List.copyOf(links);
    }

    synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }

    synchronized List<SeqRange> delivered() {
        return List.copyOf(delivered);
    }

    synchronized List<Fact.Rejection> rejected() {
        return List.copyOf(rejected);
    }

    synchronized int progresses() {
        return progresses;
    }
}
