/* A probe made of Mbed TLS 3.x, as Zephyr and ESP boards have it: DTLS 1.2 with a pre-shared key
 * and connection id (RFC 9146). It posts one pack, takes a new port, and posts another one.
 *
 * mbedtls-probe PORT IDENTITY KEYHEX cid|nocid PACK1 PACK2
 */
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/timing.h>
#include <psa/crypto.h>
#include <stdio.h>
#include <string.h>

static int fail(const char *what, int code) {
    printf("failed %s -0x%04x\n", what, (unsigned) -code);
    return 1;
}

/* CON POST /senml, content format 110 */
static size_t post(unsigned char *out, int mid, const char *pack) {
    static const unsigned char head[] = {0x41, 0x02, 0, 0, 0, 0xb5, 's', 'e', 'n', 'm', 'l', 0x11, 110, 0xff};
    memcpy(out, head, sizeof head);
    out[3] = (unsigned char) mid;
    out[4] = (unsigned char) (0x40 + mid);
    memcpy(out + sizeof head, pack, strlen(pack));
    return sizeof head + strlen(pack);
}

static int exchange(mbedtls_ssl_context *ssl, int mid, const char *pack) {
    unsigned char buffer[1500];
    size_t length = post(buffer, mid, pack);
    int r = mbedtls_ssl_write(ssl, buffer, length);
    if (r < 0) return fail("write", r);
    do r = mbedtls_ssl_read(ssl, buffer, sizeof buffer);
    while (r == MBEDTLS_ERR_SSL_WANT_READ || r == MBEDTLS_ERR_SSL_WANT_WRITE);
    if (r < 4) return fail("read", r);
    printf("answer %d.%02d\n", buffer[1] >> 5, buffer[1] & 31);
    return 0;
}

int main(int argc, char **argv) {
    if (argc != 7) return 2;
    mbedtls_net_context net;
    mbedtls_ssl_context ssl;
    mbedtls_ssl_config conf;
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context random;
    mbedtls_timing_delay_context timer;
    unsigned char key[16], peer[MBEDTLS_SSL_CID_OUT_LEN_MAX];
    size_t peer_length = 0;
    int used = 0, r, cid = strcmp(argv[4], "cid") == 0;
    static const int suites[] = {MBEDTLS_TLS_PSK_WITH_AES_128_CCM_8, 0};

    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 0; i < 16; i++) sscanf(argv[3] + 2 * i, "%2hhx", &key[i]);
    psa_crypto_init();
    mbedtls_net_init(&net);
    mbedtls_ssl_init(&ssl);
    mbedtls_ssl_config_init(&conf);
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&random);
    if ((r = mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, NULL, 0))) return fail("seed", r);
    if ((r = mbedtls_ssl_config_defaults(&conf, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_DATAGRAM, MBEDTLS_SSL_PRESET_DEFAULT))) return fail("config", r);
    mbedtls_ssl_conf_rng(&conf, mbedtls_ctr_drbg_random, &random);
    mbedtls_ssl_conf_ciphersuites(&conf, suites);
    mbedtls_ssl_conf_read_timeout(&conf, 3000);
    if ((r = mbedtls_ssl_conf_psk(&conf, key, sizeof key, (unsigned char *) argv[2], strlen(argv[2])))) return fail("psk", r);
    if ((r = mbedtls_ssl_conf_cid(&conf, 0, MBEDTLS_SSL_UNEXPECTED_CID_IGNORE))) return fail("conf_cid", r);
    if ((r = mbedtls_ssl_setup(&ssl, &conf))) return fail("setup", r);
    if (cid && (r = mbedtls_ssl_set_cid(&ssl, MBEDTLS_SSL_CID_ENABLED, NULL, 0))) return fail("cid", r);
    if ((r = mbedtls_net_connect(&net, "127.0.0.1", argv[1], MBEDTLS_NET_PROTO_UDP))) return fail("connect", r);
    mbedtls_ssl_set_bio(&ssl, &net, mbedtls_net_send, mbedtls_net_recv, mbedtls_net_recv_timeout);
    mbedtls_ssl_set_timer_cb(&ssl, &timer, mbedtls_timing_set_delay, mbedtls_timing_get_delay);
    do r = mbedtls_ssl_handshake(&ssl);
    while (r == MBEDTLS_ERR_SSL_WANT_READ || r == MBEDTLS_ERR_SSL_WANT_WRITE);
    if (r) return fail("handshake", r);
    mbedtls_ssl_get_peer_cid(&ssl, &used, peer, &peer_length);
    printf("version %s cid %d bytes %d\n", MBEDTLS_VERSION_STRING, used, (int) (used ? peer_length : 0));
    if (exchange(&ssl, 1, argv[5])) return 1;
    mbedtls_net_free(&net);
    if ((r = mbedtls_net_connect(&net, "127.0.0.1", argv[1], MBEDTLS_NET_PROTO_UDP))) return fail("connect", r);
    return exchange(&ssl, 2, argv[6]);
}
