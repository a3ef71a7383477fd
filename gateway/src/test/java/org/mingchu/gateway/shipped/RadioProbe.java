package org.mingchu.gateway.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.elements.exception.ConnectorException;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/** A radio probe with a key: posts SenML over DTLS and hears what it is answered. */
final class RadioProbe implements AutoCloseable {
    private static final long PATIENCE_MS = 10_000;

    private final int port;
    private final CoapEndpoint endpoint;

    RadioProbe(int port, String identity, String keyHex) throws IOException {
        this(port, identity, keyHex, InetAddress.getLoopbackAddress());
    }

    /**
     * @param own the probe's own address
     */
    RadioProbe(int port, String identity, String keyHex, InetAddress own) throws IOException {
        CoapConfig.register();
        UdpConfig.register();
        DtlsConfig.register();
        this.port = port;
        var settings = Configuration.createStandardWithoutFile();
        settings.set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY);
        settings.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0);
        settings.set(CoapConfig.ACK_TIMEOUT, 2, TimeUnit.SECONDS);
        var psk = new AdvancedSinglePskStore(identity, HexFormat.of().parseHex(keyHex));
        var connector =
                new DTLSConnector(
                        DtlsConnectorConfig.builder(settings)
                                .setAddress(new InetSocketAddress(own, 0))
                                .setAdvancedPskStore(psk)
                                .build());
        endpoint =
                CoapEndpoint.builder().setConfiguration(settings).setConnector(connector).build();
        endpoint.start();
    }

    /** The answer as CoAP writes it, such as 2.04; empty when there is none. */
    String post(String senml) {
        var request = Request.newPost();
        request.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_SENML_JSON);
        request.setPayload(senml.getBytes(UTF_8));
        var client = new CoapClient("coaps://127.0.0.1:" + port + "/senml");
        client.setEndpoint(endpoint);
        client.setTimeout(PATIENCE_MS);
        try {
            var answer = client.advanced(request);
            return answer == null ? "" : answer.getCode().toString();
        } catch (ConnectorException | IOException e) {
            return "";
        } finally {
            client.shutdown();
        }
    }

    @Override
    public void close() {
        endpoint.destroy();
    }
}
