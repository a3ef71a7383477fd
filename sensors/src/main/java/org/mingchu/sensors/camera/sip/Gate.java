package org.mingchu.sensors.camera.sip;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who is listened to, and how often. A registered camera has a bucket of its own that nobody else
 * draws from; a camera that wants to register has a small one in reserve, so that strangers who use
 * up what they have together do not keep it out. One thread.
 */
final class Gate {
    /** Addresses watched at once; one that is pushed out starts anew. */
    static final int ADDRESSES_MAX = 1024;

    /** A login takes two messages; this is one each second, and a retransmission. */
    private static final int RESERVE_PER_SECOND = 4;

    private final Rates rates;
    private final Map<Peer, Bucket> members = new HashMap<>();
    private final LinkedHashMap<InetAddress, Bucket> addresses =
            LinkedHashMap.newLinkedHashMap(ADDRESSES_MAX);
    private final Map<String, Bucket> reserves = new HashMap<>();
    private final Bucket strangers;

    /**
     * @param devices the ids that have a reserve
     */
    Gate(Rates rates, Set<String> devices, long nowNs) {
        this.rates = rates;
        this.strangers = new Bucket(rates.strangers(), nowNs);
        devices.forEach(id -> reserves.put(id, new Bucket(RESERVE_PER_SECOND, nowNs)));
    }

    /** Whether a packet is read at all. */
    boolean admits(Peer peer, long nowNs) {
        var member = members.get(peer);
        return (member == null ? address(peer.address(), nowNs) : member).take(nowNs);
    }

    private Bucket address(InetAddress address, long nowNs) {
        var bucket = addresses.remove(address);
        if (bucket == null) {
            bucket = new Bucket(rates.perAddress(), nowNs);
        }
        addresses.put(address, bucket);
        if (addresses.size() > ADDRESSES_MAX) {
            addresses.pollFirstEntry();
        }
        return bucket;
    }

    /** Whether a request that was read is answered. */
    boolean admits(Peer peer, String device, long nowNs) {
        if (members.containsKey(peer) || strangers.take(nowNs)) {
            return true;
        }
        var reserve = reserves.get(device);
        return reserve != null && reserve.take(nowNs);
    }

    /** From now on these are registered, and nobody else. */
    void members(Set<Peer> registered, long nowNs) {
        members.keySet().retainAll(registered);
        registered.forEach(
                p -> members.computeIfAbsent(p, _ -> new Bucket(rates.perAddress(), nowNs)));
    }

    boolean isMember(Peer peer) {
        return members.containsKey(peer);
    }

    int addresses() {
        return addresses.size();
    }
}
