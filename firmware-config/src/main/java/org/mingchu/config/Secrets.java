package org.mingchu.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Credentials by name, from the secrets file (mode 0600). Never logged: {@code toString} names only
 * the entries. Immutable.
 */
public record Secrets(Map<String, Secret> byName) {
    /** A site that needs none. */
    public static final Secrets NONE = new Secrets(Map.of());

    public Secrets {
        byName = Map.copyOf(byName);
    }

    /** The entry of this name. */
    public Optional<Secret> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public String toString() {
        return "Secrets" + byName.keySet();
    }

    /**
     * A user with a password, a client certificate, or both; or what a Wi-Fi asks for.
     *
     * @param passphrase of a Wi-Fi: 8 to 63 characters, or a key of 64 hexadecimal digits
     */
    public record Secret(
            Optional<String> user,
            Optional<String> password,
            Optional<Path> certificate,
            Optional<Path> key,
            Optional<Path> ca,
            Optional<String> passphrase) {
        /** No credentials at all. */
        public static final Secret NONE =
                new Secret(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        /** Of a service: no passphrase. */
        public Secret(
                Optional<String> user,
                Optional<String> password,
                Optional<Path> certificate,
                Optional<Path> key,
                Optional<Path> ca) {
            this(user, password, certificate, key, ca, Optional.empty());
        }

        @Override
        public String toString() {
            return "Secret[…]";
        }
    }
}
