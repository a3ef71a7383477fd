package org.mingchu.sensors.coap;

import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.server.resources.CoapExchange;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Where probes post their packs. A probe is answered 2.04 only when all of its pack is kept; until
 * then nobody's thread waits. Californium's threads.
 */
final class SenMlResource extends CoapResource {
    /** Sooner than a probe's first repetition (2 s), later than most commits: one datagram back. */
    private static final long ACCEPT_AFTER_MS = 700;

    /** A commit that takes longer will not come. */
    private static final long KEPT_MS_MAX = 20_000;

    /** When a probe is to come again. */
    static final long RETRY_AFTER_S = 30;

    private static final String IDENTITY_QUERY = "id";
    private static final String SEQUENCE_QUERY = "seq";

    private final Reception reception;
    private final ProbeBook book;
    private final ScheduledExecutorService timer;

    SenMlResource(
            String name, Reception reception, ProbeBook book, ScheduledExecutorService timer) {
        super(name);
        this.reception = reception;
        this.book = book;
        this.timer = timer;
        getAttributes().setTitle("SenML readings");
        getAttributes().addResourceType("senml");
        getAttributes().addContentType(MediaTypeRegistry.APPLICATION_SENML_JSON);
        getAttributes().addContentType(MediaTypeRegistry.APPLICATION_SENML_CBOR);
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
        var caller = Caller.of(exchange.advanced().getRequest().getSourceContext());
        var form = form(exchange);
        if (form.isEmpty()) {
            refuse(exchange, ResponseCode.UNSUPPORTED_CONTENT_FORMAT, "senml+json or senml+cbor");
            return;
        }
        var claimed = Optional.ofNullable(exchange.getQueryParameter(IDENTITY_QUERY));
        var identity = caller.identity().or(() -> claimed);
        if (identity.isEmpty()) {
            refuse(exchange, ResponseCode.BAD_REQUEST, "without DTLS, say who you are: ?id=");
            return;
        }
        var known = identity.orElseThrow();
        if (!known.equals(claimed.orElse(known)) || reception.roster().of(known).isEmpty()) {
            refuse(exchange, ResponseCode.FORBIDDEN, "no sensor of this site names this probe");
            return;
        }
        var sequence = sequence(exchange);
        if (sequence.isEmpty() && exchange.getQueryParameter(SEQUENCE_QUERY) != null) {
            refuse(exchange, ResponseCode.BAD_REQUEST, "seq is a whole number from 0");
            return;
        }
        take(
                exchange,
                caller,
                new Told(
                        known,
                        caller.identity().isPresent() ? Told.Proven.YES : Told.Proven.NO,
                        form.orElseThrow(),
                        sequence));
    }

    private void take(CoapExchange exchange, Caller caller, Told told) {
        var accept =
                timer.schedule(
                        () -> exchange.advanced().execute(exchange::accept),
                        ACCEPT_AFTER_MS,
                        TimeUnit.MILLISECONDS);
        var _ =
                reception
                        .take(told, payload(exchange))
                        .completeOnTimeout(
                                new Answer.Busy("the gateway is slow"),
                                KEPT_MS_MAX,
                                TimeUnit.MILLISECONDS)
                        .thenAccept(answer -> {
                            accept.cancel(false);
                            var response = response(answer);
                            book.note(told.identity(), caller, response.getCode().toString());
                            exchange.advanced().execute(() -> exchange.respond(response));
                        });
    }

    private static Response response(Answer answer) {
        return switch (answer) {
            case Answer.Kept _ -> new Response(ResponseCode.CHANGED);
            case Answer.Refused(var why) -> diagnostic(ResponseCode.BAD_REQUEST, why);
            case Answer.Foreign(var why) -> diagnostic(ResponseCode.NOT_FOUND, why);
            case Answer.Busy(var why) -> {
                var response = diagnostic(ResponseCode.SERVICE_UNAVAILABLE, why);
                response.getOptions().setMaxAge(RETRY_AFTER_S);
                yield response;
            }
        };
    }

    private static Response diagnostic(ResponseCode code, String why) {
        var response = new Response(code);
        response.setPayload(why);
        return response;
    }

    private static void refuse(CoapExchange exchange, ResponseCode code, String why) {
        exchange.respond(diagnostic(code, why));
    }

    private static byte[] payload(CoapExchange exchange) {
        return Optional.ofNullable(exchange.getRequestPayload()).orElseGet(() -> new byte[0]);
    }

    private static Optional<SenMl.Form> form(CoapExchange exchange) {
        return switch (exchange.getRequestOptions().getContentFormat()) {
            case MediaTypeRegistry.APPLICATION_SENML_JSON -> Optional.of(SenMl.Form.JSON);
            case MediaTypeRegistry.APPLICATION_SENML_CBOR -> Optional.of(SenMl.Form.CBOR);
            default -> Optional.empty();
        };
    }

    private static OptionalLong sequence(CoapExchange exchange) {
        var text = exchange.getQueryParameter(SEQUENCE_QUERY);
        return text != null && text.matches("[0-9]{1,15}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }
}
