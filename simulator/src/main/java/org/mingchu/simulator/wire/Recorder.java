package org.mingchu.simulator.wire;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A recorder on 127.0.0.1 with channels counted from 1: RTSP on one port, ISAPI, ONVIF and
 * snapshots on another, and each failure on command. It sends no video. Any thread.
 */
public final class Recorder implements AutoCloseable {
    private final RecorderState state;
    private final RecorderDoor rtsp;
    private final RecorderDoor web;

    /** How a channel's stream behaves. */
    public enum Stream {
        HEALTHY,
        /** No camera is on that channel. */
        MISSING,
        /** Sound only. */
        NO_VIDEO,
        /** Its pipeline hangs: no answer to DESCRIBE. */
        HUNG,
        /** Its camera is off: the recorder says 503. */
        FAILING
    }

    /** How its disk stands. */
    public enum Disk {
        GOOD,
        /** No space is left; whether it writes over old recordings, their ages tell. */
        NO_SPACE,
        /** It calls itself full. */
        FULL,
        ERROR,
        UNFORMATTED,
        MISSING,
        READ_ONLY
    }

    /** How its HTTP port behaves. */
    public enum Web {
        HEALTHY,
        /** Takes two seconds for each answer. */
        SLOW,
        /** Accepts and never says a word. */
        SILENT,
        /** Says one byte of its answer in a while, for ever. */
        DRIPPING,
        ENDLESS_HEADERS,
        /** Its answers do not end. */
        HUGE_BODY,
        /** Sends callers to another host. */
        REDIRECT,
        /** Asks for the password in clear. */
        BASIC,
        /** Speaks no HTTP. */
        GARBAGE
    }

    /** Which languages it knows besides RTSP. */
    public enum Tongue {
        BOTH,
        ISAPI,
        ONVIF,
        /** ONVIF, and even its clock only for those who log in. */
        GUARDED_ONVIF
    }

    /**
     * All healthy, recordings of 45 days.
     *
     * @param jpeg what every channel sees
     * @param wall true time; its own clock is {@link #clockAhead} of it
     */
    public Recorder(int channels, Camera.Login login, byte[] jpeg, InstantSource wall) {
        this.state = new RecorderState(channels, login, jpeg.clone(), wall);
        this.rtsp = new RecorderDoor(new RecorderRtsp(state)::talk);
        this.web = new RecorderDoor(new RecorderWeb(state)::talk);
    }

    /** Where ISAPI, ONVIF and snapshots are. */
    public URI web() {
        return URI.create("http://127.0.0.1:" + web.port());
    }

    /** Where streams are, {@code {channel}} for the number. */
    public String rtsp() {
        return "rtsp://127.0.0.1:" + rtsp.port() + "/Streaming/Channels/{channel}02";
    }

    public void stream(int channel, Stream stream) {
        var was = state.channel(channel);
        state.channel(
                channel, new RecorderState.Channel(stream, was.jpeg(), was.oldest(), was.newest()));
    }

    /** What a channel's snapshot shows from now on: a black picture, for one. */
    public void picture(int channel, byte[] jpeg) {
        var was = state.channel(channel);
        state.channel(
                channel,
                new RecorderState.Channel(was.stream(), jpeg.clone(), was.oldest(), was.newest()));
    }

    /** What it answers by ONVIF when asked where a snapshot is: whatever it is, and of any host. */
    public void snapshotAt(String address) {
        state.snapshotAt(address);
    }

    /** How old a channel's oldest and newest recordings are; alike ages are no recordings. */
    public void recordings(int channel, Duration oldest, Duration newest) {
        var was = state.channel(channel);
        state.channel(channel, new RecorderState.Channel(was.stream(), was.jpeg(), oldest, newest));
    }

    /** The same of all channels. */
    public void recordings(Duration oldest, Duration newest) {
        for (int channel = 1; channel <= state.count(); channel++) {
            recordings(channel, oldest, newest);
        }
    }

    public void disk(Disk disk) {
        state.disk(disk);
    }

    public void web(Web next) {
        state.web(next);
    }

    public void tongue(Tongue next) {
        state.tongue(next);
    }

    public void clockAhead(Duration by) {
        state.ahead(by);
    }

    /** Somebody has changed the password. */
    public void login(Camera.Login next) {
        state.login(next);
    }

    /** Nobody answers any more, on either port. */
    public void off() {
        rtsp.shut();
        web.shut();
    }

    public void on() {
        rtsp.openAgain();
        web.openAgain();
    }

    /** The most callers that waited at once so far, of its RTSP port and of its HTTP port. */
    public int rtspMost() {
        return rtsp.most();
    }

    public int webMost() {
        return web.most();
    }

    /** All connections so far, of its RTSP port and of its HTTP port. */
    public int rtspCallers() {
        return rtsp.callers();
    }

    public int webCallers() {
        return web.callers();
    }

    @Override
    public void close() {
        rtsp.close();
        web.close();
    }
}
