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
    private final List<String> receipts = new ArrayList<>();
    private final List<String> aheads = new ArrayList<>();
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
    public synchronized void delivered(
            String epoch, List<SeqRange> ranges, List<Fact.Rejection> refused) {
        delivered.addAll(ranges);
        rejected.addAll(refused);
    }

    @Override
    public synchronized void progress(String epoch, Lane lane, Progress progress) {
        progresses++;
        if (epoch.equals(outbox.epoch())) {
            outbox.keep(lane, progress);
        }
    }

    @Override
    public synchronized void receipt(String note) {
        receipts.add(note);
    }

    @Override
    public synchronized void ahead(String epoch, long lastSeq) {
        aheads.add(epoch + "/" + lastSeq);
    }

    synchronized List<String> receipts() {
        return List.copyOf(receipts);
    }

    /** Epoch and entry of each time the platform was found ahead. */
    synchronized List<String> aheads() {
        return List.copyOf(aheads);
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
