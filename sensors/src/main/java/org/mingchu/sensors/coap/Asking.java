package org.mingchu.sensors.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapObserveRelation;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Intake;
import org.mingchu.sensors.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * One device that is asked. A question without an answer is silence, with its reason, in the same
 * round in which it was put. {@link #turn} from one thread at a time; answers on Californium's.
 */
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    /** An observed device that is quiet for so long is asked for its value again. */
    private static final Duration QUIET_MAX = Duration.ofSeconds(50);

    private static final int TEXT_BYTES_MAX = 32;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

    private final Polled polled;
    private final List<CoapSensor> sensors;
    private final CoapClient client;
    private final Reception reception;
    private final Intake intake;
    private final Clock clock;
    private final Runnable renew;
    private Optional<Request> open = Optional.empty();
    private Optional<CoapObserveRelation> relation = Optional.empty();
    private long heardNs;
    private boolean silent;

    /**
     * @param renew begins a new session with the device, which may have lost the old one
     */
    Asking(
            Polled polled,
            CoapClient client,
            Reception reception,
            Intake intake,
            Clock clock,
            Runnable renew) {
        this.polled = polled;
        this.sensors = reception.roster().of(polled.identity());
        this.client = client;
        this.reception = reception;
        this.intake = intake;
        this.clock = clock;
        this.renew = renew;
        this.heardNs = clock.now().upNs();
    }

    /** Asks, or looks after what is observed. */
    void turn() {
        switch (polled.manner()) {
            case Polled.Manner.Every _ -> ask();
            case Polled.Manner.Observe _ -> look();
        }
    }

    private void ask() {
        Optional<Request> unanswered;
        var request = Request.newGet();
        synchronized (this) {
            unanswered = open;
            open = Optional.of(request);
        }
        unanswered.ifPresent(last -> {
            last.cancel();
            fallSilent(Fault.SILENT, "no answer within its period");
        });
        client.advanced(handler(request), request);
    }

    private CoapHandler handler(Request request) {
        return new CoapHandler() {
            @Override
            public void onLoad(CoapResponse response) {
                answered(request);
                take(response);
            }

            @Override
            public void onError() {
                if (answered(request)) {
                    renew.run();
                    fallSilent(Fault.SILENT, "no answer, or no session");
                }
            }
        };
    }

    /** Whether it is the question that is open now. */
    private synchronized boolean answered(Request request) {
        var mine = open.filter(request::equals).isPresent();
        if (mine) {
            open = Optional.empty();
        }
        return mine;
    }

    /** A value that does not change is told by nobody: asked for anew, it is fresh again. */
    private void look() {
        var nowNs = clock.now().upNs();
        var ended = relation.map(CoapObserveRelation::isCanceled).orElse(true);
        if (!ended && nowNs - heardNs() <= QUIET_MAX.toNanos()) {
            return;
        }
        relation.ifPresent(CoapObserveRelation::reactiveCancel);
        if (relation.isPresent() && ended) {
            renew.run();
        }
        heard(nowNs);
        relation = Optional.of(client.observe(observer()));
    }

    private CoapHandler observer() {
        return new CoapHandler() {
            @Override
            public void onLoad(CoapResponse response) {
                take(response);
            }

            @Override
            public void onError() {
                fallSilent(Fault.SILENT, "no answer, or no session");
            }
        };
    }

    private void take(CoapResponse response) {
        heard(clock.now().upNs());
        if (!response.isSuccess()) {
            fallSilent(Fault.BUS, "the device answers " + response.getCode());
            return;
        }
        var _ =
                read(response)
                        .thenAccept(answer -> {
                            switch (answer) {
                                case Answer.Kept _ -> spoke();
                                case Answer.Busy _ -> {
                                    // It is asked again anyway.
                                }
                                case Answer.Refused(var why) -> fallSilent(Fault.BUS, why);
                                case Answer.Foreign(var why) -> fallSilent(Fault.BUS, why);
                            }
                        });
    }

    private CompletableFuture<Answer> read(CoapResponse response) {
        var body = Optional.ofNullable(response.getPayload()).orElseGet(() -> new byte[0]);
        return switch (response.getOptions().getContentFormat()) {
            case MediaTypeRegistry.APPLICATION_SENML_JSON ->
                    reception.take(told(SenMl.Form.JSON), body);
            case MediaTypeRegistry.APPLICATION_SENML_CBOR ->
                    reception.take(told(SenMl.Form.CBOR), body);
            case MediaTypeRegistry.TEXT_PLAIN, MediaTypeRegistry.UNDEFINED -> text(body);
            default ->
                    CompletableFuture.completedFuture(
                            new Answer.Refused("neither SenML nor plain text"));
        };
    }

    private Told told(SenMl.Form form) {
        var proven = polled.secure() ? Told.Proven.YES : Told.Proven.NO;
        return new Told(polled.identity(), proven, form, OptionalLong.empty());
    }

    /** A number alone is the value of the one sensor there, in that sensor's unit. */
    private CompletableFuture<Answer> text(byte[] body) {
        var text = body.length > TEXT_BYTES_MAX ? "" : new String(body, UTF_8).strip();
        var sensor = named();
        if (sensor.isEmpty() || !NUMBER.matcher(text).matches()) {
            return CompletableFuture.completedFuture(
                    new Answer.Refused("a text that is not one number of one sensor"));
        }
        var plan = sensor.orElseThrow();
        var value =
                new SenMlValue(
                        plan.source().name(),
                        plan.source().name(),
                        plan.plan().measures().senmlUnit(),
                        new Said.Amount(Double.parseDouble(text)),
                        new When.Ago(0));
        return reception.take(told(SenMl.Form.JSON), List.of(value), OptionalLong.empty(), 0);
    }

    /** By the resource's path, or the only one. */
    private Optional<CoapSensor> named() {
        var path = Optional.ofNullable(polled.address().getPath()).orElse("");
        return sensors.stream()
                .filter(s -> path.endsWith("/" + s.source().name()))
                .findFirst()
                .or(() -> sensors.size() == 1 ? sensors.stream().findFirst() : Optional.empty());
    }

    private synchronized void heard(long nowNs) {
        heardNs = nowNs;
    }

    private synchronized long heardNs() {
        return heardNs;
    }

    private synchronized void spoke() {
        if (silent) {
            LOG.info("event=coap-device-speaks probe={}", polled.identity());
        }
        silent = false;
    }

    private void fallSilent(Fault fault, String detail) {
        synchronized (this) {
            if (!silent) {
                LOG.warn(
                        "event=coap-device-silent probe={} detail=\"{}\"",
                        polled.identity(),
                        detail);
            }
            silent = true;
        }
        var readings =
                sensors.stream()
                        .<Reading>map(s -> new Reading.Silent(s.id(), fault, detail))
                        .toList();
        if (!readings.isEmpty()) {
            // When it is not kept, the next turn says it again.
            var _ = intake.take(readings);
        }
    }

    void close() {
        Optional<Request> last;
        synchronized (this) {
            last = open;
            open = Optional.empty();
        }
        last.ifPresent(Request::cancel);
        relation.ifPresent(CoapObserveRelation::reactiveCancel);
        client.shutdown();
    }
}
