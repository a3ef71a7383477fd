package org.mingchu.gateway.shipped;

import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What nobody can leave out who keeps readings in SQLite and publishes them by MQTT from Java: a
 * database in a WAL with {@code synchronous=FULL}, a Paho client, and nothing else. Writes a
 * reading, publishes it and waits until the broker has it; then idles, or does so many each second,
 * in one commit and one message. It judges nothing, signs nothing, shows nothing. One thread.
 */
final class BareParts {
    private static final int ARGUMENTS = 4;
    private static final long ANSWER_MS = 10_000;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Connection database;
    private final PreparedStatement row;
    private final MqttAsyncClient client;
    private final String topic;
    private long number;

    /** {@code FILE BROKER TOPIC READINGS}, the last a second; 0: one, and no more. */
    public static void main(String[] args) throws SQLException, MqttException {
        if (args.length != ARGUMENTS) {
            throw new IllegalArgumentException("FILE BROKER TOPIC READINGS");
        }
        var parts = new BareParts(args[0], args[1], args[2]);
        parts.take(1);
        var each = Integer.parseInt(args[3]);
        for (var dueNs = System.nanoTime() + SECOND_NS; ; dueNs += SECOND_NS) {
            for (var left = dueNs - System.nanoTime(); left > 0; left = dueNs - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (each > 0) {
                parts.take(each);
            }
        }
    }

    private BareParts(String file, String broker, String topic) throws SQLException, MqttException {
        this.topic = topic;
        database = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = database.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS reading"
                            + " (n INTEGER PRIMARY KEY, sensor TEXT, wall_ms INTEGER, milli INTEGER)");
            try (var last = statement.executeQuery("SELECT max(n) FROM reading")) {
                number = last.getLong(1);
            }
        }
        database.setAutoCommit(false);
        row = database.prepareStatement("INSERT INTO reading VALUES (?, ?, ?, ?)");
        client = new MqttAsyncClient(broker, topic, new MemoryPersistence());
        var options = new MqttConnectionOptions();
        options.setCleanStart(true);
        client.connect(options).waitForCompletion(ANSWER_MS);
    }

    private void take(int readings) throws SQLException, MqttException {
        var text = new StringBuilder("[");
        for (var i = 0; i < readings; i++) {
            var sensor = "freezer-" + (i + 1) + "-air";
            var wallMs = System.currentTimeMillis();
            var milli = -18_000 + number % 16 * 62;
            row.setLong(1, ++number);
            row.setString(2, sensor);
            row.setLong(3, wallMs);
            row.setLong(4, milli);
            row.addBatch();
            text.append(i == 0 ? "" : ",")
                    .append("{\"s\":\"%s\",\"t\":%d,\"v\":%d}".formatted(sensor, wallMs, milli));
        }
        row.executeBatch();
        database.commit();
        var message = new MqttMessage(text.append(']').toString().getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        client.publish(topic, message).waitForCompletion(ANSWER_MS);
    }
}
