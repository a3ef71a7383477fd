package org.mingchu.simulator.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a recorder knows of itself; its parts read it, a test sets it. Any thread. */
final class RecorderState {
    /** Where it stands: its local time is eight hours ahead. */
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private final InstantSource wall;
    private final List<Channel> channels = new ArrayList<>();
    private volatile Duration ahead = Duration.ZERO;
    private volatile Recorder.Disk disk = Recorder.Disk.GOOD;
    private volatile Recorder.Web web = Recorder.Web.HEALTHY;
    private volatile Recorder.Tongue tongue = Recorder.Tongue.BOTH;
    private volatile Optional<String> snapshotAt = Optional.empty();
    private volatile DigestGuard guard;
    private volatile Camera.Login login;

    /** One of its channels. Immutable. */
    @SuppressWarnings("ArrayRecordComponent") // handed on as it is, never compared
    record Channel(Recorder.Stream stream, byte[] jpeg, Duration oldest, Duration newest) {}

    RecorderState(int count, Camera.Login login, byte[] jpeg, InstantSource wall) {
        this.wall = wall;
        this.login = login;
        this.guard = new DigestGuard(login);
        for (int i = 0; i < count; i++) {
            channels.add(
                    new Channel(Recorder.Stream.HEALTHY, jpeg, Duration.ofDays(45), Duration.ZERO));
        }
    }

    /** By its own clock. */
    Instant now() {
        return wall.instant().plus(ahead);
    }

    /** As it writes what is so old. */
    String local(Duration ago) {
        return LOCAL.format(LocalDateTime.ofInstant(now().minus(ago), ZONE));
    }

    int count() {
        return channels.size();
    }

    boolean has(int channel) {
        return channel >= 1 && channel <= count();
    }

    synchronized Channel channel(int number) {
        return channels.get(number - 1);
    }

    synchronized void channel(int number, Channel channel) {
        channels.set(number - 1, channel);
    }

    Recorder.Disk disk() {
        return disk;
    }

    void disk(Recorder.Disk next) {
        disk = next;
    }

    Recorder.Web web() {
        return web;
    }

    void web(Recorder.Web next) {
        web = next;
    }

    /** Where it claims that its snapshots are, when that is not the truth. */
    Optional<String> snapshotAt() {
        return snapshotAt;
    }

    void snapshotAt(String address) {
        snapshotAt = Optional.of(address);
    }

    Recorder.Tongue tongue() {
        return tongue;
    }

    void tongue(Recorder.Tongue next) {
        tongue = next;
    }

    void ahead(Duration by) {
        ahead = by;
    }

    Camera.Login login() {
        return login;
    }

    void login(Camera.Login next) {
        login = next;
        guard = new DigestGuard(next);
    }

    DigestGuard guard() {
        return guard;
    }
}
