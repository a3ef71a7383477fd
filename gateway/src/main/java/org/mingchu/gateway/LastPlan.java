package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Site file and rule pack that the gateway has last watched by, as a copy in the state folder: what
 * it goes on by when somebody has broken the files it follows. One thread at a time.
 *
 * <p>The two are kept together, as they were read, and belong to one path of a site file: another
 * file is another wish. Secrets are not copied, and a site file holds none.
 *
 * @param state the agent's folder
 * @param site the site file that it was told to follow
 * @param installedRules folder of the rule packs that came with the program
 */
record LastPlan(Path state, Path site, Path installedRules) {
    /** In the state folder, for its owner alone: {@value #SITE}, {@value #PACK}, {@value #OF}. */
    static final String FOLDER = "plan";

    static final String SITE = "site.toml";
    static final String PACK = "rules.toml";

    /** One line: the SHA-256 of both files, and the path of the site file. */
    static final String OF = "of";

    /** Longest file that is kept, bytes; a longer one cannot be read as a plan either. */
    private static final int BYTES_MAX = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LastPlan.class);

    /**
     * A copy that can be watched by.
     *
     * @param since the day in UTC on which it was kept
     */
    record Kept(Plan plan, String since) {}

    /** What was kept; empty when nothing was, or it belongs to another site file. */
    Optional<Kept> kept() {
        // A power cut may fall between the two renames of a new copy.
        return Stream.of(FOLDER, FOLDER + ".old")
                .flatMap(name -> kept(state.resolve(name)).stream())
                .findFirst();
    }

    private Optional<Kept> kept(Path folder) {
        try {
            if (Files.notExists(folder.resolve(OF))) {
                return Optional.empty();
            }
            var text = Files.readString(folder.resolve(SITE), UTF_8);
            var read = PlanReader.readTextWith(site, text, folder.resolve(PACK));
            if (!(read instanceof Checked.Good<Plan>(var plan, _))) {
                LOG.error("event=kept-plan-unusable folder={}", folder);
                return Optional.empty();
            }
            if (!Files.readString(folder.resolve(OF), UTF_8).equals(of(plan))) {
                LOG.warn("event=kept-plan-of-another-file folder={}", folder);
                return Optional.empty();
            }
            var day = Files.getLastModifiedTime(folder.resolve(OF)).toInstant().toString();
            return Optional.of(new Kept(plan, day.substring(0, 10)));
        } catch (IOException e) {
            LOG.error("event=kept-plan-unreadable cause=\"{}\"", e.toString());
            return Optional.empty();
        }
    }

    private String of(Plan plan) {
        return "%s %s %s%n"
                .formatted(
                        plan.siteSha256(), plan.pack().sha256(), site.toAbsolutePath().normalize());
    }

    /**
     * Keeps the files of this plan, unless they have changed since it was read: then the next start
     * does. What cannot be written is said aloud; nothing waits for it.
     */
    void keep(Plan plan) {
        try {
            if (isKept(plan)) {
                return;
            }
            var pack = PlanReader.packFile(site, installedRules, plan.pack().id());
            var texts =
                    new byte[][] {bytes(site), pack.isEmpty() ? new byte[0] : bytes(pack.get())};
            if (!sha256(texts[0]).equals(plan.siteSha256())
                    || !sha256(texts[1]).equals(plan.pack().sha256())) {
                LOG.info(
                        "event=plan-not-kept cause=\"its files have changed since they were read\"");
                return;
            }
            var draft = state.resolve(FOLDER + ".new");
            remove(draft);
            Files.createDirectory(
                    draft,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            write(draft.resolve(SITE), texts[0]);
            write(draft.resolve(PACK), texts[1]);
            write(draft.resolve(OF), of(plan).getBytes(UTF_8));
            put(draft);
            LOG.info("event=plan-kept site={} sha256={}", site, plan.siteSha256());
        } catch (IOException e) {
            LOG.error(
                    "event=plan-not-kept cause=\"{}\" remedy=\"until it is, a site file with an"
                            + " error ends the watch at the next start\"",
                    e.toString());
        }
    }

    private boolean isKept(Plan plan) throws IOException {
        var of = state.resolve(FOLDER).resolve(OF);
        return Files.exists(of) && Files.readString(of, UTF_8).equals(of(plan));
    }

    /** A folder cannot be renamed over another; the one before stays until the new one stands. */
    private void put(Path draft) throws IOException {
        var folder = state.resolve(FOLDER);
        var old = state.resolve(FOLDER + ".old");
        if (Files.exists(folder)) {
            remove(old);
            Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        remove(old);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, bytes, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    }

    private static void remove(Path folder) throws IOException {
        for (var name : new String[] {SITE, PACK, OF}) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }

    private static byte[] bytes(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(BYTES_MAX + 1);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
