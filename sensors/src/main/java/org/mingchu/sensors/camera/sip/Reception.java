package org.mingchu.sensors.camera.sip;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.camera.sip.Finding.Kind;
import org.mingchu.sensors.camera.sip.Nonces.Worth;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Answers one message at a time and knows how each device stands; has no socket. Any thread. */
final class Reception {
    private static final int TAG_BYTES = 4;
    private static final String VERSION_OF_2022 = "3.";

    /** As GB/T 28181 writes it: local time, milliseconds, no zone. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    private final ReentrantLock lock = new ReentrantLock();
    private final RegistrarSettings settings;
    private final Map<String, DeviceState> devices = new LinkedHashMap<>();
    private final Map<String, DeviceState> byCamera = new LinkedHashMap<>();
    private final Clock clock;
    private final SecureRandom chance;
    private final Nonces nonces;
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
        this.settings = settings;
        this.clock = clock;
        this.chance = chance;
        this.nonces = new Nonces(chance);
        this.findings = new Findings(clock);
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
                    "nonces", nonces.size(),
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
        var device = Optional.ofNullable(devices.get(id));
        if (device.isEmpty() || !id.equals(request.user("from"))) {
            findings.found(Kind.UNKNOWN_DEVICE, id, peer.host());
            return SipReply.FORBIDDEN;
        }
        var login = Login.of(request, settings.realm());
        return login.isEmpty()
                ? challenge(device.orElseThrow(), request, peer, Challenges.Because.NO_LOGIN, nowNs)
                : logIn(device.orElseThrow(), login.orElseThrow(), request, peer, nowNs);
    }

    private SipReply challenge(
            DeviceState device, SipRequest request, Peer peer, Challenges.Because why, long nowNs) {
        var nonce = nonces.issue(peer.address(), nowNs);
        return device.challenges().next(settings.realm(), nonce, edition(request), why);
    }

    private static Challenges.Edition edition(SipRequest request) {
        return request.header("x-gb-ver").filter(v -> v.startsWith(VERSION_OF_2022)).isPresent()
                ? Challenges.Edition.OF_2022
                : Challenges.Edition.UNTOLD;
    }

    /** That a nonce is stale is said to right and wrong alike: nobody may try passwords on it. */
    private SipReply logIn(
            DeviceState device, Login login, SipRequest request, Peer peer, long nowNs) {
        var right = login.holds(request.method(), device.device().password());
        var worth = nonces.spend(login.nonce(), peer.address(), nowNs);
        if (worth != Worth.LIVE) {
            if (right
                    && !device.isAt(peer)
                    && (worth == Worth.SPENT || device.peer().isPresent())) {
                findings.found(Kind.REPLAY, device.device().id(), peer.host());
            }
            return challenge(device, request, peer, Challenges.Because.STALE, nowNs);
        }
        if (!right) {
            findings.found(Kind.REFUSED_DIGEST, device.device().id(), peer.host());
            device.refused();
            return SipReply.FORBIDDEN;
        }
        return accept(device, login.hash(), request, peer, nowNs);
    }

    private SipReply accept(
            DeviceState device, Hash hash, SipRequest request, Peer peer, long nowNs) {
        var seconds = request.expiresSeconds();
        if (seconds == 0) {
            device.signedOff();
        } else {
            device.registered(peer, hash, seconds, nowNs);
            findings.explained(Kind.SPOOF_ATTEMPT, device.device().id(), peer.host());
        }
        membersChanged(nowNs);
        return new SipReply(200, "OK", granted(request, seconds));
    }

    private List<String> granted(SipRequest request, long seconds) {
        var headers = new ArrayList<String>();
        request.header("contact")
                .map(c -> SipText.address(SipText.split(c, ',').getFirst()))
                .filter(c -> seconds > 0)
                .ifPresent(c -> headers.add("Contact: <" + c + ">;expires=" + seconds));
        headers.add("Expires: " + seconds);
        settings.date().flatMap(this::date).ifPresent(headers::add);
        return headers;
    }

    /** A time that nobody has set is not handed on. */
    private Optional<String> date(ZoneId zone) {
        return Optional.of(clock.now())
                .filter(m -> m.clock() == ClockState.SYNCED)
                .map(Moment::wallMs)
                .map(ms -> "Date: " + DATE.format(Instant.ofEpochMilli(ms).atZone(zone)));
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
