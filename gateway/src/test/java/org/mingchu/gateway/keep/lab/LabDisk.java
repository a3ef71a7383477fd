package org.mingchu.gateway.keep.lab;

import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folders in memory where there is such a file system: what the disk forgets is the lab's to say,
 * and thousands of syncs cost nothing.
 */
public final class LabDisk implements TempDirFactory {
    private static final Path MEMORY = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
            throws IOException {
        return Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "mingchu-lab")
                : Files.createTempDirectory("mingchu-lab");
    }
}
