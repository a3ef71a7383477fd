package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.People;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** A technician before the shipped program: signs in, looks, and has it test itself. */
final class TechnicianIT {
    private static final String PIN = "246813";

    @TempDir private Path folder;

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Test
    void the_machine_is_looked_at_and_tests_itself_and_that_is_no_alarm() throws Exception {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 2, "", "")) {
            technician(kitchen.state());
            kitchen.start();
            assertThat(get(kitchen, "/api/technician").statusCode()).isEqualTo(401);
            var in = "{\"person\":\"p-05\",\"pin\":\"" + PIN + "\"}";
            assertThat(post(kitchen, "/api/sign-in", in).statusCode()).isEqualTo(200);
            var look = get(kitchen, "/api/technician");
            assertThat(look.statusCode()).isEqualTo(200);
            assertThat(look.body())
                    .contains("freezer-1-air", "\"rawMilli\":-18000", "\"id\":\"clock.rtc\"");

            var begun = System.nanoTime();
            assertThat(post(kitchen, "/api/self-test", "{}").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(60));
            assertThat(get(kitchen, "/api/technician").body())
                    .contains("\"test\":{\"passed\":true", "响了五声");
            assertThat(kitchen.tryGet("/api/state")).contains("\"alarms\":[]");
            assertThat(kitchen.program().terminate()).isEqualTo(143);
            assertKept(kitchen.state());
        }
    }

    private static void technician(Path state) throws IOException {
        Files.createDirectories(state);
        try (var people = People.open(state)) {
            people.add(new People.Member("p-05", Role.TECHNICIAN, "周师傅"));
            people.givePin("p-05", PIN, new SecureRandom());
        }
    }

    private static void assertKept(Path state) {
        try (var journal = Journal.asItIs(state, new SecureRandom())) {
            var facts = journal.read(Lane.ALARM, 1, 500).stream().map(Entry::fact).toList();
            assertThat(facts).noneMatch(Fact.Alarm.class::isInstance);
            var tests =
                    facts.stream()
                            .filter(Fact.SelfTested.class::isInstance)
                            .map(Fact.SelfTested.class::cast)
                            .toList();
            assertThat(tests).hasSize(1);
            assertThat(tests.getFirst().person().id()).isEqualTo("p-05");
            assertThat(results(tests.getFirst()))
                    .contains(
                            "test.lamps pass",
                            "test.buzzer pass",
                            "sensor freezer-1-air pass",
                            "sensor freezer-2-air pass",
                            "clock.synced pass",
                            "record.kept pass");
        }
    }

    private static List<String> results(Fact.SelfTested test) {
        return test.steps().stream()
                .map(step -> (step.check() + " " + step.of()).strip() + " " + step.result().word())
                .toList();
    }

    private HttpResponse<String> get(Kitchen kitchen, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(kitchen, path)));
    }

    private HttpResponse<String> post(Kitchen kitchen, String path, String json) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(kitchen, path))
                        .header("Origin", kitchen.origin())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    private static URI uri(Kitchen kitchen, String path) {
        return URI.create(kitchen.origin() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return browser.send(
                request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }
}
