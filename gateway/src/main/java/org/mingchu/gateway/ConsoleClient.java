package org.mingchu.gateway;

import org.mingchu.gateway.tend.CommandFailed;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.RecordAsk;
import org.mingchu.gateway.tend.Told;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.function.LongConsumer;

/** A command's side of the console: asks the agent that holds a state folder. One thread. */
final class ConsoleClient {
    private static final int CONNECT_MS = 5_000;

    /** A check of years of entries may take minutes. */
    private static final int READ_MS = 600_000;

    private static final int COPY_BYTES = 1 << 16;

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final RecordAsk ask;

    ConsoleClient(RecordAsk ask) {
        this.ask = ask;
    }

    /**
     * Asks.
     *
     * @throws CommandFailed when no agent answers
     */
    Told told() {
        try {
            var connection = connection();
            return answer(connection);
        } catch (IOException e) {
            throw brokeOff(e);
        }
    }

    /**
     * Streams an export, or readings, into {@code out}.
     *
     * @param progress takes the bytes that have come
     * @return what stands in the way, or that all came
     */
    Told download(OutputStream out, LongConsumer progress) {
        try {
            var connection = connection();
            if (connection.getContentType().startsWith("application/json")) {
                return answer(connection);
            }
            var sum = 0L;
            var bytes = new byte[COPY_BYTES];
            try (var in = connection.getInputStream()) {
                for (var n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    out.write(bytes, 0, n);
                    sum += n;
                    progress.accept(sum);
                }
            }
            return Told.well();
        } catch (IOException e) {
            throw brokeOff(e);
        }
    }

    private HttpURLConnection connection() throws IOException {
        var uri = URI.create("http://" + read(AgentConsole.FILE) + ask.act().path());
        var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(READ_MS);
        connection.setRequestProperty("Authorization", "Bearer " + read("console.token"));
        try {
            if (ask.act().asks()) {
                connection.connect();
            } else {
                connection.setDoOutput(true);
                try (var body = connection.getOutputStream()) {
                    body.write(body());
                }
            }
        } catch (ConnectException e) {
            throw notRunning();
        }
        return connection;
    }

    private String read(String file) throws IOException {
        try {
            return Files.readString(ask.state().resolve(file)).strip();
        } catch (NoSuchFileException e) {
            throw notRunning();
        }
    }

    private CommandFailed notRunning() {
        return new CommandFailed(
                ExitCode.NOT_RUNNING,
                "no agent runs with --state "
                        + ask.state()
                        + (ask.act().needsAgent()
                                ? "; start it (mingchu run), or name its folder"
                                : "; start it (mingchu run), name its folder, or add --offline"));
    }

    private CommandFailed brokeOff(IOException e) {
        return new CommandFailed(
                ExitCode.INTERNAL,
                "the agent broke off (" + e.getMessage() + "); its log says why");
    }

    private byte[] body() {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            ask.words().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static Told answer(HttpURLConnection connection) throws IOException {
        var status = connection.getResponseCode();
        try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return parsed(in);
        }
    }

    private static Told parsed(InputStream in) throws IOException {
        var lines = new ArrayList<String>();
        var exit = ExitCode.CHECK_FAILED;
        try (var json = JSON.createParser(ObjectReadContext.empty(), in.readAllBytes())) {
            for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT) {
                    exit = json.getIntValue();
                } else if (token == JsonToken.VALUE_STRING) {
                    lines.add(json.getString());
                }
            }
            return new Told(exit, lines);
        } catch (JacksonException e) {
            throw new IOException("no answer of this version: " + e.getMessage(), e);
        }
    }
}
