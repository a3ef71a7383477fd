package org.mingchu.sensors.coap;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.MessageFormatException;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.elements.util.DatagramReader;
import org.jspecify.annotations.Nullable;

/**
 * Californium's parser with one kind of refusal. 3.14 throws a format exception for most of what is
 * malformed, but an {@code IllegalStateException} for a block that is not of its size, and it lets
 * a size of 2 GiB and more through, over which it stumbles later. Both end in a stack trace in the
 * log for each such datagram, and anybody may send one. Any thread.
 */
final class StrictParser extends UdpDataParser {
    StrictParser() {
        super(true, StandardOptionRegistry.getDefaultOptionRegistry());
    }

    @Override
    public void parseOptionsAndPayload(DatagramReader reader, Message message) {
        try {
            super.parseOptionsAndPayload(reader, message);
            check(message.getOptions());
        } catch (MessageFormatException e) {
            throw e;
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw refusal(message, e);
        }
    }

    private static void check(OptionSet options) {
        // What was read must be fit to be written.
        var _ = options.asSortedList();
        var blocks = options.hasBlock1() || options.hasBlock2();
        if (blocks && (isZero(options.getSize1()) || isZero(options.getSize2()))) {
            throw new IllegalArgumentException("blocks of nothing");
        }
    }

    private static boolean isZero(@Nullable Integer size) {
        return size != null && size == 0;
    }

    private static MessageFormatException refusal(Message message, RuntimeException cause) {
        var refusal =
                new CoAPMessageFormatException(
                        String.valueOf(cause.getMessage()),
                        message.getToken(),
                        message.getMID(),
                        message.getRawCode(),
                        message.isConfirmable(),
                        ResponseCode.BAD_REQUEST);
        refusal.initCause(cause);
        return refusal;
    }
}
