package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;

/**
 * Pictures that show a camera's fault, kept as evidence where the site file asks for it: a folder
 * for each camera, files of mode 0600 named by time (UTC) and verdict, the oldest making room. Any
 * thread.
 */
public final class Album implements PictureProbe.Album {
    /** Pictures of one camera; each shows the beginning of one fault. */
    static final int PICTURES_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Album.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Set<String> subjects;
    private final Clock clock;

    /**
     * @param folder made when the first picture is kept
     * @param subjects picture levels whose cameras' pictures may be kept; of others none is
     */
    public Album(Path folder, Set<String> subjects, Clock clock) {
        this.folder = folder;
        this.subjects = Set.copyOf(subjects);
        this.clock = clock;
    }

    /** A disk that takes no picture costs the picture, not the verdict. */
    @Override
    public synchronized void keep(String subject, CameraVerdict verdict, byte[] jpeg) {
        if (!subjects.contains(subject)) {
            return;
        }
        try {
            var own = Files.createDirectories(folder.resolve(subject));
            makeRoom(own);
            var at = NAME.format(Instant.ofEpochMilli(clock.now().wallMs()));
            var file = own.resolve(at + "-" + verdict.word() + ".jpg");
            Files.deleteIfExists(file);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.write(file, jpeg);
            LOG.info("event=picture-kept camera={} file={}", subject, file);
        } catch (IOException e) {
            LOG.warn("event=picture-lost camera={} cause=\"{}\"", subject, e.toString());
        }
    }

    private static void makeRoom(Path own) throws IOException {
        List<Path> kept;
        try (var files = Files.list(own)) {
            kept = files.sorted().toList();
        }
        for (var file : kept.subList(0, Math.max(0, kept.size() - PICTURES_MAX + 1))) {
            Files.delete(file);
        }
    }
}
