package org.mingchu.gateway.keep;

import java.nio.file.Path;

/** Another process holds the state folder. */
public final class StateInUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    StateInUse(Path folder) {
        super(
                "state folder "
                        + folder
                        + " is in use by another mingchu; stop that one, or give this one another --state");
    }
}
