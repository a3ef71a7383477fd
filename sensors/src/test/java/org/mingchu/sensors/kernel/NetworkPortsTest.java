package org.mingchu.sensors.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kernel's tree of network ports, as files. */
final class NetworkPortsTest {
    @TempDir private Path root;

    @Test
    void the_only_port_without_a_link_is_a_cable_that_is_out() throws IOException {
        var ports = new NetworkPorts(root);
        hardware("eth0", "0\n");
        assertThat(ports.unplugged()).isTrue();

        hardware("eth0", "1\n");
        assertThat(ports.unplugged()).isFalse();
    }

    @Test
    void another_port_with_a_link_may_be_the_one_the_cameras_are_at() throws IOException {
        hardware("eth0", "0\n");
        hardware("wlan0", "1\n");

        assertThat(new NetworkPorts(root).unplugged()).isFalse();
    }

    @Test
    void what_is_no_hardware_has_a_link_without_any_cable() throws IOException {
        hardware("eth0", "0\n");
        port("lo", "1\n");
        port("docker0", "1\n");
        port("wg0", "1\n");

        assertThat(new NetworkPorts(root).unplugged()).isTrue();
    }

    /** A file that cannot be read stands for the kernel's EINVAL. */
    @Test
    void a_port_that_is_switched_off_says_nothing() throws IOException {
        hardware("wlan0", "0\n");
        Files.delete(folder("wlan0").resolve("carrier"));
        Files.createDirectory(folder("wlan0").resolve("carrier"));
        assertThat(new NetworkPorts(root).unplugged()).isFalse();

        hardware("eth0", "0\n");
        assertThat(new NetworkPorts(root).unplugged()).isTrue();
    }

    @Test
    void where_there_are_no_ports_nothing_is_claimed() throws IOException {
        assertThat(new NetworkPorts(root).unplugged()).isFalse();
        port("lo", "1\n");
        assertThat(new NetworkPorts(root).unplugged()).isFalse();
    }

    /** A read of a FIFO without a writer never returns, as with a driver that hangs. */
    @Test
    void a_kernel_that_hangs_is_waited_for_once_and_believed_when_it_is_back()
            throws IOException, InterruptedException {
        hardware("eth0", "0\n");
        var carrier = folder("eth0").resolve("carrier");
        Files.delete(carrier);
        var made = new ProcessBuilder("mkfifo", carrier.toString()).inheritIO().start();
        assertThat(made.waitFor()).isZero();
        var ports = new NetworkPorts(root);

        assertThat(ports.unplugged()).isFalse();
        for (var round = 0; round < 1_000; round++) {
            assertThat(ports.unplugged()).isFalse();
        }
        assertThat(readers()).isEqualTo(1);

        Files.writeString(carrier, "0\n");
        Files.delete(carrier);
        hardware("eth0", "0\n");
        while (readers() > 0) {
            Thread.onSpinWait();
        }
        assertThat(ports.unplugged()).isTrue();
    }

    private static long readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("network-ports"))
                .filter(Thread::isAlive)
                .count();
    }

    private void hardware(String name, String carrier) throws IOException {
        port(name, carrier);
        Files.createDirectories(folder(name).resolve("device"));
    }

    private void port(String name, String carrier) throws IOException {
        Files.createDirectories(folder(name));
        Files.writeString(folder(name).resolve("carrier"), carrier);
    }

    private Path folder(String name) {
        return root.resolve("sys/class/net").resolve(name);
    }
}
