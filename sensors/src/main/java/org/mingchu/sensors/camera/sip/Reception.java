package org.mingchu.sensors.camera.sip;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.camera.sip.Finding.Kind;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Answers one message at a time and knows how each device stands; has no socket. Any thread. */
final class Reception {
    private static final int TAG_BYTES = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, DeviceState> devices = new LinkedHashMap<>();
    private final Map<String, DeviceState> byCamera = new LinkedHashMap<>();
    private final Clock clock;
    private final SecureRandom chance;
    private final Logins logins;
    private final Answers answers = new Answers();
    private final NoticeReader notices = new NoticeReader();
    private final Findings findings;
    private final Gate gate;
    private String deaf = "it has not started";
    private long hearingNs;

    Reception(
            RegistrarSettings settings,
            Collection<SipDevice> known,
            Clock clock,
            SecureRandom chance) {
        this.clock = clock;
        this.chance = chance;
        this.findings = new Findings(clock);
        this.logins = new Logins(settings, clock, chance, findings);
        for (var device : known) {
            var state = new DeviceState(device);
            if (devices.put(device.id(), state) != null
                    || byCamera.put(device.camera(), state) != null) {
                throw new IllegalArgumentException("two devices are one: " + device);
            }
        }
        this.gate = new Gate(settings.rates(), devices.keySet(), clock.now().upNs());
        WeakPasswords.in(known).forEach(d -> findings.found(Kind.WEAK_PASSWORD, d.id(), ""));
    }

    /** From now on devices can be heard; their silence before is not theirs. */
    void hears() {
        lock.lock();
        try {
            deaf = "";
            hearingNs = clock.now().upNs();
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing can be heard. */
    void hearsNothing(String why) {
        lock.lock();
        try {
            deaf = why;
        } finally {
            lock.unlock();
        }
    }

    Standing standing(String camera) {
        lock.lock();
        try {
            var state = byCamera.get(camera);
            if (state == null) {
                throw new IllegalArgumentException("not a camera of the registrar: " + camera);
            }
            var nowNs = clock.now().upNs();
            lapse(state, nowNs);
            return deaf.isEmpty() ? state.standing(nowNs, hearingNs) : unheard();
        } finally {
            lock.unlock();
        }
    }

    private Standing unheard() {
        return new Standing(
                CameraVerdict.UNKNOWN,
                "the registrar does not listen: " + deaf,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether a registered device speaks from there. */
    boolean isMember(Peer peer) {
        lock.lock();
        try {
            return gate.isMember(peer);
        } finally {
            lock.unlock();
        }
    }

    /** How much is remembered of others; each has a cap of its own. */
    Map<String, Integer> footprint() {
        lock.lock();
        try {
            return Map.of(
                    "nonces", logins.nonces(),
                    "answers", answers.size(),
                    "answer-bytes", answers.bytes(),
                    "addresses", gate.addresses());
        } finally {
            lock.unlock();
        }
    }

    List<Finding> findings() {
        lock.lock();
        try {
            return findings.all();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What to send back to {@code peer}, and to nobody else, if anything.
     *
     * @param message at most one byte longer than {@link SipParser#MESSAGE_BYTES_MAX}
     */
    Optional<byte[]> answer(byte[] message, Peer peer) {
        lock.lock();
        try {
            var nowNs = clock.now().upNs();
            if (!gate.admits(peer, nowNs)) {
                return Optional.empty();
            }
            var request = SipParser.parse(message);
            if (request.isEmpty()) {
                malformed("", peer);
                return Optional.empty();
            }
            return request.filter(r -> gate.admits(peer, r.user("from"), nowNs))
                    .filter(r -> !r.method().equals("ACK"))
                    .map(r -> answer(r, peer, nowNs));
        } finally {
            lock.unlock();
        }
    }

    private byte[] answer(SipRequest request, Peer peer, long nowNs) {
        var again = answers.of(request, peer, nowNs);
        if (again.isPresent()) {
            member(request, peer, nowNs).ifPresent(d -> d.life(nowNs));
            return again.orElseThrow();
        }
        var answer = reply(request, peer, nowNs).to(request, peer, tag());
        answers.keep(request, peer, answer, nowNs);
        return answer;
    }

    private String tag() {
        var bytes = new byte[TAG_BYTES];
        chance.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private SipReply reply(SipRequest request, Peer peer, long nowNs) {
        return switch (request.method()) {
            case "REGISTER" -> register(request, peer, nowNs);
            case "MESSAGE" -> message(request, peer, nowNs);
            case "OPTIONS" -> {
                member(request, peer, nowNs).ifPresent(d -> d.life(nowNs));
                yield SipReply.CAPABLE;
            }
            default -> SipReply.NOT_ALLOWED;
        };
    }

    /** The device that speaks, if it speaks from where it logged in. */
    private Optional<DeviceState> member(SipRequest request, Peer peer, long nowNs) {
        var device = Optional.ofNullable(devices.get(request.user("from")));
        device.ifPresent(d -> lapse(d, nowNs));
        return device.filter(d -> d.isAt(peer));
    }

    private void lapse(DeviceState device, long nowNs) {
        if (device.lapse(nowNs, hearingNs)) {
            membersChanged(nowNs);
        }
    }

    private void membersChanged(long nowNs) {
        var registered =
                devices.values().stream()
                        .flatMap(d -> d.peer().stream())
                        .collect(Collectors.toSet());
        gate.members(registered, nowNs);
    }

    private SipReply register(SipRequest request, Peer peer, long nowNs) {
        var id = request.user("to");
        if (!id.equals(request.user("from"))) {
            malformed(id, peer);
            return SipReply.BAD_REQUEST;
        }
        var device = Optional.ofNullable(devices.get(id));
        if (device.isEmpty()) {
            findings.found(Kind.UNKNOWN_DEVICE, id, peer.host());
            return SipReply.FORBIDDEN;
        }
        var reply = logins.reply(device.orElseThrow(), request, peer, nowNs);
        if (reply.status() == SipReply.OK.status()) {
            membersChanged(nowNs);
        }
        return reply;
    }

    private SipReply message(SipRequest request, Peer peer, long nowNs) {
        var device = Optional.ofNullable(devices.get(request.user("from")));
        if (device.isEmpty()) {
            findings.found(Kind.UNKNOWN_DEVICE, request.user("from"), peer.host());
            return SipReply.FORBIDDEN;
        }
        return member(request, peer, nowNs)
                .map(d -> heard(d, request, peer, nowNs))
                .orElseGet(() -> unproven(device.orElseThrow(), peer));
    }

    /** Changes nothing. The 403 lets an honest camera log in anew, be it moved or forgotten. */
    private SipReply unproven(DeviceState device, Peer peer) {
        if (device.peer().isPresent()) {
            findings.found(Kind.SPOOF_ATTEMPT, device.device().id(), peer.host());
        } else {
            device.sentToRegister();
        }
        return SipReply.FORBIDDEN;
    }

    private SipReply heard(DeviceState device, SipRequest request, Peer peer, long nowNs) {
        device.life(nowNs);
        var notice = notices.read(request.body(), request.header("content-type").orElse(""));
        if (notice.isEmpty() || another(device, notice.orElseThrow())) {
            malformed(device.device().id(), peer);
            return SipReply.BAD_REQUEST;
        }
        notice.filter(Notice::keepalive).ifPresent(n -> device.beat(n, nowNs));
        return device.expired(nowNs) ? SipReply.FORBIDDEN : SipReply.OK;
    }

    /** A device speaks for itself alone. */
    private static boolean another(DeviceState device, Notice notice) {
        return notice.keepalive()
                && !notice.device().isEmpty()
                && !notice.device().equals(device.device().id());
    }

    private void malformed(String device, Peer peer) {
        findings.found(Kind.MALFORMED, device, peer.host());
    }
}
