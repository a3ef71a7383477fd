package org.mingchu.gateway.keep.proof;

import java.nio.file.Path;

/** The device's key cannot be used; its file stays as it is, for quarantine. */
public final class DeviceKeyDamaged extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeviceKeyDamaged(Path file, String why) {
        super(file + ": " + why + "; put it into quarantine and start with a new key");
    }
}
