package org.mingchu.sensors.camera.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

final class DigestTest {
    /** RFC 7616 section 3.9.1. */
    private static final String MD5 =
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5,"
                    + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                    + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    private static final String SHA256 = MD5.replace("algorithm=MD5", "algorithm=SHA-256");
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private static final Digest.Login MUFASA = new Digest.Login("Mufasa", "Circle of Life");

    @Test
    void md5_with_qop_is_the_example_of_rfc_7616() {
        assertThat(answer(MD5))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"")
                .contains("algorithm=MD5", "qop=auth, nc=00000001", "opaque=\"FQhe/qaU925k");
    }

    @Test
    void sha_256_with_qop_is_the_example_of_rfc_7616() {
        assertThat(answer(SHA256))
                .contains(
                        "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
                                + "\"");
    }

    /** RFC 2069 as most cameras speak it; the response is that of RFC 2069's erratum 749. */
    @Test
    void without_qop_the_old_form_is_answered() {
        var digest =
                Digest.strongest(
                                List.of(
                                        "Digest realm=\"testrealm@host.com\","
                                                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                                                + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""))
                        .orElseThrow();

        var answer =
                digest.answer(
                        "GET",
                        "/dir/index.html",
                        new Digest.Login("Mufasa", "CircleOfLife"),
                        CNONCE);

        assertThat(answer)
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .doesNotContain("qop", "cnonce", "algorithm");
    }

    @Test
    void the_stronger_of_two_challenges_is_taken_in_either_order_and_in_one_header_or_two() {
        assertThat(answer(MD5, SHA256)).contains("algorithm=SHA-256");
        assertThat(answer(SHA256, MD5)).contains("algorithm=SHA-256");
        assertThat(answer(MD5 + ", " + SHA256)).contains("algorithm=SHA-256");
        assertThat(answer("Basic realm=\"camera\", " + MD5)).contains("algorithm=MD5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"camera\"",
                "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256",
                "Digest realm=\"r\", nonce=\"n\", algorithm=MD5-sess",
                "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"",
                "Digest realm=\"r\"",
                "Bearer",
                "",
                "\"\"\"====,,,,\\\\\\"
            })
    void what_cannot_be_answered_safely_is_not_answered(String challenge) {
        assertThat(Digest.strongest(List.of(challenge))).isEmpty();
    }

    @Test
    void quotes_in_a_realm_or_a_name_stay_inside_their_quotes() {
        var digest =
                Digest.strongest(List.of("Digest realm=\"a \\\"b\\\" c\", nonce=\"n\""))
                        .orElseThrow();

        assertThat(digest.answer("GET", "/", new Digest.Login("x\"y", "p"), CNONCE))
                .contains("realm=\"a \\\"b\\\" c\"", "username=\"x\\\"y\"");
    }

    @Test
    void a_challenge_of_eight_thousand_escapes_neither_hangs_nor_overflows() {
        var challenge = "Digest realm=\"" + "\\a".repeat(4_000) + "\", nonce=\"n\"";

        assertThat(Digest.strongest(List.of(challenge))).isPresent();
        assertThat(Digest.strongest(List.of("Digest realm=\"" + "\\a".repeat(4_000)))).isEmpty();
    }

    @Test
    void a_login_does_not_tell_its_password() {
        assertThat(MUFASA).hasToString("Login[…]");
    }

    private static String answer(String... headers) {
        return Digest.strongest(List.of(headers))
                .orElseThrow()
                .answer("GET", "/dir/index.html", MUFASA, CNONCE);
    }
}
