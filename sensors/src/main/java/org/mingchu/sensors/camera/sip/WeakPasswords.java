package org.mingchu.sensors.camera.sip;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Passwords that keep nobody out. */
final class WeakPasswords {
    /** Examples of manuals, and what cameras leave the factory with. */
    private static final Set<String> KNOWN =
            Set.of(
                    "12345678",
                    "123456",
                    "12345",
                    "admin",
                    "admin123",
                    "admin12345",
                    "password",
                    "888888",
                    "666666",
                    "000000",
                    "111111",
                    "abc12345",
                    "a1234567");

    private WeakPasswords() {}

    /** Those whose password is one of these, or also another's. */
    static List<SipDevice> in(Collection<SipDevice> devices) {
        var uses =
                devices.stream()
                        .map(SipDevice::password)
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return devices.stream()
                .filter(d ->
                        KNOWN.contains(d.password()) || uses.getOrDefault(d.password(), 0L) > 1)
                .toList();
    }
}
