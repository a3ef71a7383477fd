package org.mingchu.gateway.cert;

import org.mingchu.config.Secrets;

import java.nio.file.Path;

/**
 * Where the client certificate towards one platform is, or will be. Immutable.
 *
 * @param certificate ours in front, then those that signed it
 * @param key PKCS#8, for the gateway's user alone
 */
public record Slot(String platform, Path certificate, Path key) {
    /** Where the secrets file points; else in the state folder, under the platform's id. */
    public static Slot of(String platform, Secrets.Secret secret, Path state) {
        var folder = state.resolve("tls");
        return new Slot(
                platform,
                secret.certificate().orElse(folder.resolve(platform + ".crt")),
                secret.key().orElse(folder.resolve(platform + ".key")));
    }

    /** The key of a request that nobody has answered yet. */
    public Path pendingKey() {
        return beside(key, ".new");
    }

    /** That request. */
    public Path request() {
        return beside(certificate, ".csr");
    }

    static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
