package org.mingchu.sensors.camera.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.camera.sip.SipRequest.Header;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Against the examples of RFC 7616 section 3.9.1 and of RFC 2617 without {@code qop}. */
final class LoginTest {
    private static final String WHO =
            "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", "
                    + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
                    + "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", nc=00000001, ";

    private static final String MD5 = "8ca523f5e9506fed4657c9700eebdbec";
    private static final String SHA_256 =
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";

    @Test
    void the_examples_of_rfc_7616_hold() {
        assertThat(holds(WHO + "algorithm=MD5, qop=auth, response=\"" + MD5 + "\"")).isTrue();
        assertThat(holds(WHO + "algorithm=SHA-256, qop=auth, response=\"" + SHA_256 + "\""))
                .isTrue();
    }

    @Test
    void the_length_names_the_digest_whatever_is_said() {
        assertThat(holds(WHO + "algorithm=SHA-256, qop=auth, response=\"" + MD5 + "\"")).isTrue();
        assertThat(holds(WHO + "qop=auth, response=\"" + SHA_256.toUpperCase(Locale.ROOT) + "\""))
                .isTrue();
    }

    @Test
    void one_digit_or_one_letter_off_is_refused() {
        var off = MD5.replace('8', '9');
        assertThat(holds(WHO + "qop=auth, response=\"" + off + "\"")).isFalse();
        assertThat(holds(WHO.replace("Mufasa", "mufasa") + "qop=auth, response=" + MD5)).isFalse();
        assertThat(holds(WHO + "qop=auth-int, response=\"" + MD5 + "\"")).isFalse();
        assertThat(holds(WHO + "response=\"" + MD5 + "\"")).as("without qop").isFalse();
    }

    @Test
    void what_is_no_login_for_this_realm_is_none() {
        for (var header :
                List.of(
                        "",
                        "Basic YTpi",
                        "Digest",
                        "Digest response=" + MD5,
                        "Digest realm=\"http-auth@example.org\", response=\"short\"",
                        WHO.replace("realm=\"http", "realm=\"xttp") + "response=" + MD5)) {
            assertThat(login(header)).as(header).isEmpty();
        }
    }

    private static boolean holds(String header) {
        return login(header).orElseThrow().holds("GET", "Circle of Life");
    }

    private static Optional<Login> login(String header) {
        var request = new SipRequest("GET", List.of(new Header("authorization", header)), "");
        return Login.of(request, "http-auth@example.org");
    }
}
