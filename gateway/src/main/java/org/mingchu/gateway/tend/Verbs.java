package org.mingchu.gateway.tend;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Secrets;
import org.mingchu.gateway.judge.Role;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the commands can have done; the composition root hands it in. Each returns when it is done.
 */
public interface Verbs {
    /** Watches the kitchen until the process is told to end; returns the exit code. */
    int run(RunOptions options);

    /** Reads and checks a site file, with its rule pack and, if given, its secrets. */
    Checked<Plan> check(Path site, Optional<Path> secrets);

    /** The secrets beside a site file; none where there are none that can be used. */
    Secrets secrets(Path site);

    /** Adds somebody, or changes their role and name. */
    void addPerson(Path state, String id, Role role, String name);

    /** Erases somebody's name; false when there was nobody. */
    boolean erasePerson(Path state, String id);

    /**
     * Gives somebody a PIN, which ends an older one; false when there was nobody.
     *
     * @throws CommandFailed when nobody should have such a PIN
     */
    boolean givePin(Path state, String id, String pin);

    /**
     * Gives somebody a badge, which ends an older one.
     *
     * @return its number, which is shown this once; empty when there was nobody
     */
    Optional<String> giveBadge(Path state, String id);

    /** Ends somebody's badge; false when there was none. */
    boolean endBadge(Path state, String id);

    /**
     * The code on the device's label; empty when the state folder has no key yet.
     *
     * @throws CommandFailed when the key cannot be read
     */
    Optional<String> claimCode(Path state);

    /** What somebody types at the terminal, unseen; else a line of standard input. */
    String secret(String prompt);

    /** Everybody, by id. */
    List<PersonRow> people(Path state);

    /**
     * Gives a radio probe a new key, which it is told once; an older one ends with it.
     *
     * @param site whose {@code [coap]} says where the probe reports
     * @throws CommandFailed when it cannot be given one
     */
    Enrolled addProbe(Path state, Path site, String identity);

    /** Ends a probe's key; false when it had none. */
    boolean revokeProbe(Path state, String identity);

    /**
     * What a probe has to know.
     *
     * @param uri all of it, for a QR code
     */
    record Enrolled(String identity, String keyHex, String gateway, String uri) {}

    /**
     * Asks the running agent, or the record itself when there is none.
     *
     * @throws CommandFailed when neither can be had
     */
    Told record(RecordAsk ask);

    /** Writes an export into {@code file}, which must not be there yet. */
    Told export(RecordAsk ask, Path file);

    /** Writes readings to standard output; what is told beside them is no reading. */
    Told readings(RecordAsk ask);

    /** Looks at the gateway: through the running agent, or alone. */
    Told doctor(DoctorAsk ask);

    /** Makes, installs, shows or renews a certificate. */
    Told cert(CertAsk ask);

    /**
     * Tries the whole way of an alarm, and returns when that is over.
     *
     * @param say takes each line as soon as there is something to say
     */
    Told drill(DrillAsk ask, Consumer<String> say, Consumer<String> aside);

    /** Writes a commissioning protocol, and has it kept which one. */
    Told protocol(ProtocolAsk ask);

    /** Writes a support bundle. */
    Told bundle(BundleAsk ask);

    /** Judges a recorded series in virtual time, saying each alarm; returns the exit code. */
    int judge(TryAsk ask, Voice voice);

    /** Judges an export as {@code mingchu-verify.jar} does; returns its exit code. */
    int verify(List<String> words);

    /** The readings of one probe out of several exports, each with the gateway that has it. */
    Told join(JoinAsk ask);

    /**
     * What is to be joined.
     *
     * @param zone in which times are told; that of this machine when none is named
     */
    record JoinAsk(String subject, List<Path> files, Optional<String> zone, boolean json) {
        public JoinAsk {
            files = List.copyOf(files);
        }
    }

    /** What the technician's first hour needs besides. */
    FirstHour firstHour();

    /** Whether somebody looks at what is printed, and no file or program takes it. */
    boolean onTerminal();

    /** The version of the program. */
    String version();

    /** One person as the people store has them. */
    record PersonRow(String id, Role role, String name) {}
}
