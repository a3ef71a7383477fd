package org.mingchu.sensors.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.exception.ConnectorException;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;

/** A radio probe made of Californium's client, with a session of its own. */
final class Probe implements AutoCloseable {
    /** Of one request, its handshake too. */
    static final long PATIENCE_MS = 8_000;

    private long patienceMs = PATIENCE_MS;
    private final DTLSConnector connector;
    private final CoapEndpoint endpoint;
    private final InetSocketAddress gateway;

    Probe(InetSocketAddress gateway, String identity, String keyHex) throws IOException {
        this(gateway, identity, keyHex, Rig.loopback());
    }

    Probe(InetSocketAddress gateway, String identity, String keyHex, InetSocketAddress local)
            throws IOException {
        this.gateway = gateway;
        Configuration settings = Stack.dtlsClient();
        settings.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0);
        connector =
                new DTLSConnector(
                        DtlsConnectorConfig.builder(settings)
                                .setAddress(local)
                                .setReuseAddress(true)
                                .setAdvancedPskStore(
                                        new AdvancedSinglePskStore(
                                                identity, HexFormat.of().parseHex(keyHex)))
                                .build());
        endpoint =
                CoapEndpoint.builder().setConfiguration(settings).setConnector(connector).build();
        endpoint.start();
    }

    /** For a handshake that has to wait its turn. */
    Probe patient() {
        patienceMs = 60_000;
        return this;
    }

    /** For a question that gets no answer. */
    Probe impatient() {
        patienceMs = 500;
        return this;
    }

    InetSocketAddress local() {
        return endpoint.getAddress();
    }

    CoapClient client(String path) {
        var client = new CoapClient("coaps://127.0.0.1:" + gateway.getPort() + path);
        client.setEndpoint(endpoint);
        client.setTimeout(patienceMs);
        return client;
    }

    Optional<CoapResponse> post(String path, String body) {
        return send(path, body.getBytes(UTF_8), MediaTypeRegistry.APPLICATION_SENML_JSON, -1);
    }

    /**
     * @param mid below zero for the next one
     */
    Optional<CoapResponse> send(String path, byte[] body, int format, int mid) {
        var request = Request.newPost();
        request.getOptions().setContentFormat(format);
        request.setPayload(body);
        if (mid >= 0) {
            request.setMID(mid);
        }
        try {
            return Optional.ofNullable(client(path).advanced(request));
        } catch (ConnectorException | IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        endpoint.destroy();
    }
}
