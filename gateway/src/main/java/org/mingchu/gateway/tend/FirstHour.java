package org.mingchu.gateway.tend;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.sensors.Clock;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the commands of a technician's first hour can have done; the door hands it in. */
public interface FirstHour {
    /** Checks a text as if it stood in the site file, with the secrets that go with that file. */
    Checked<Plan> checkText(Path site, Optional<Path> secrets, String text);

    /**
     * The clock of a tree of the kernel's files.
     *
     * @throws CommandFailed when the tree has none
     */
    Clock clock(Path root);

    /** What of the first hour is done, and what comes next: of the running agent, or alone. */
    Told commission(DoctorAsk ask);

    /** Waits. */
    void pause(Duration time);

    /** What somebody types at the terminal, seen; empty where nobody is there. */
    Optional<String> line(String prompt);
}
