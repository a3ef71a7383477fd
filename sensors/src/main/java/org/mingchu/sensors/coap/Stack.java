package org.mingchu.sensors.coap;

import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Californium as a kitchen needs it. Its own numbers are those of a cloud: 150,000 peers, and each
 * request kept for four minutes, which lets one host on the network fill the heap in seconds.
 */
final class Stack {
    /** A kitchen has tens of probes; tiny numbers have bad effects (californium issue 1487). */
    static final int PEERS_MAX = 1_000;

    /** Of those nobody has to prove anything for. */
    static final int PLAIN_PEERS_MAX = 250;

    static final int SESSIONS_MAX = 500;
    static final int OBSERVERS_MAX = 100;

    /** On a LAN a repeated message comes within its 45 s of repetition, not a minute later. */
    static final int EXCHANGE_S = 50;

    private static final int EXCHANGES_OF_PEER_MAX = 32;
    private static final int SWEEP_S = 5;
    private static final int PEER_IDLE_S = 600;
    private static final int BLOCK_BYTES = 512;
    private static final int MESSAGE_BYTES_MAX = 1_024;

    /** A transfer that pauses for longer begins anew. */
    private static final int BLOCKWISE_PAUSE_S = 60;

    /** A device is asked again anyway: its silence is known after 45 s at most. */
    private static final int REPEATS_MAX = 3;

    private static final int THREADS = 2;
    private static final int WAITING_MAX = 1_000;

    /** Six bytes are enough to tell 500 sessions apart, and hard to guess. */
    static final int CONNECTION_ID_BYTES = 6;

    /** An unfinished handshake is given up after 2, 4, 8 and 16 s. */
    private static final int HANDSHAKE_REPEATS_MAX = 3;

    /**
     * A session that was quiet for so long ends when its probe begins a new one, as those do that
     * sleep in between; and when all are taken, the one that was quiet for longest makes room. With
     * ten minutes, 64 probes that begin anew each minute would take all of them in eight, and then
     * nobody would be let in.
     */
    private static final int QUIET_S = 30;

    private static final List<CipherSuite> KEYS =
            List.of(
                    CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
                    CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256,
                    CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256,
                    CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
                    CipherSuite.TLS_PSK_WITH_AES_128_CCM,
                    CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);

    private static final List<CipherSuite> KEYS_AND_CERTIFICATES =
            Stream.concat(
                            Stream.of(
                                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
                                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8),
                            KEYS.stream())
                    .toList();

    private Stack() {}

    /** Never reads or writes a file: a forgotten one would overrule what stands here. */
    private static Configuration bare() {
        CoapConfig.register();
        UdpConfig.register();
        DtlsConfig.register();
        return Configuration.createStandardWithoutFile()
                .set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.SECONDS)
                .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
                .set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, EXCHANGES_OF_PEER_MAX)
                .set(CoapConfig.MARK_AND_SWEEP_INTERVAL, SWEEP_S, TimeUnit.SECONDS)
                .set(CoapConfig.EXCHANGE_LIFETIME, EXCHANGE_S, TimeUnit.SECONDS)
                .set(CoapConfig.NON_LIFETIME, EXCHANGE_S, TimeUnit.SECONDS)
                .set(CoapConfig.MAX_ACTIVE_PEERS, PEERS_MAX)
                .set(CoapConfig.MAX_PEER_INACTIVITY_PERIOD, PEER_IDLE_S, TimeUnit.SECONDS)
                .set(CoapConfig.MAX_SERVER_OBSERVES, OBSERVERS_MAX)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, SenMl.BODY_BYTES_MAX)
                .set(CoapConfig.MAX_MESSAGE_SIZE, MESSAGE_BYTES_MAX)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, BLOCK_BYTES)
                .set(CoapConfig.BLOCKWISE_STATUS_LIFETIME, BLOCKWISE_PAUSE_S, TimeUnit.SECONDS)
                .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, THREADS)
                .set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1)
                .set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1)
                .set(UdpConfig.UDP_CONNECTOR_OUT_CAPACITY, WAITING_MAX);
    }

    static Configuration plain() {
        return bare().set(CoapConfig.MAX_ACTIVE_PEERS, PLAIN_PEERS_MAX);
    }

    static Configuration plainClient() {
        return bare().set(CoapConfig.MAX_RETRANSMIT, REPEATS_MAX);
    }

    @SuppressWarnings("deprecation") // the threshold is, and its default is not strict
    static Configuration dtlsServer(boolean certificates) {
        return dtls().set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
                .set(DtlsConfig.DTLS_CIPHER_SUITES, certificates ? KEYS_AND_CERTIFICATES : KEYS)
                .set(
                        DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE,
                        CertificateAuthenticationMode.NEEDED)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CONNECTION_ID_BYTES)
                .set(DtlsConfig.DTLS_USE_HELLO_VERIFY_REQUEST, true)
                // Nobody resumes a session without showing that the address is his.
                .set(DtlsConfig.DTLS_VERIFY_PEERS_ON_RESUMPTION_THRESHOLD, 0)
                .set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, QUIET_S, TimeUnit.SECONDS)
                .set(DtlsConfig.DTLS_REMOVE_STALE_DOUBLE_PRINCIPALS, true);
    }

    static Configuration dtlsClient() {
        return dtls().set(CoapConfig.MAX_RETRANSMIT, REPEATS_MAX)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_CIPHER_SUITES, KEYS)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0);
    }

    private static Configuration dtls() {
        return bare().set(DtlsConfig.DTLS_MAX_CONNECTIONS, SESSIONS_MAX)
                .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, HANDSHAKE_REPEATS_MAX)
                .set(DtlsConfig.DTLS_MAX_PENDING_INBOUND_JOBS, WAITING_MAX)
                .set(DtlsConfig.DTLS_MAX_PENDING_OUTBOUND_JOBS, WAITING_MAX)
                .set(DtlsConfig.DTLS_MAX_PENDING_HANDSHAKE_RESULT_JOBS, WAITING_MAX)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, THREADS);
    }

    static CoapEndpoint.Builder endpoint(Configuration settings) {
        return CoapEndpoint.builder()
                .setConfiguration(settings)
                .setMessageExchangeStore(new Exchanges(settings))
                .setDataSerializerAndParser(new UdpDataSerializer(), new StrictParser());
    }
}
