package org.mingchu.gateway.tend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Secrets;
import org.mingchu.gateway.judge.Role;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a technician reads who types something wrong. */
class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Kitchen kitchen = new Kitchen();

    @ParameterizedTest
    @CsvSource({"P 3!", "王师傅", "''"})
    void an_id_that_no_record_may_carry_is_refused(String id) {
        var code = type("person", "add", "--id", id, "--name", "王师傅", "--role", "staff");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'" + id + "' is not an id", "such as p-03");
        assertThat(kitchen.added).isEmpty();
    }

    @Test
    void a_name_of_nothing_is_refused_in_one_line() {
        var code = type("person", "add", "--id", "p-03", "--name", " ", "--role", "staff");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("is not a name").doesNotContain("\tat ");
    }

    /** What Java makes of Chinese in a session without its locale, and half of a sign. */
    @ParameterizedTest
    @CsvSource({"\uFFFD\uFFFD\uFFFD", "王\uD83D"})
    void a_name_that_did_not_arrive_is_refused_wherever_it_is_typed(String name) {
        for (var words :
                List.of(
                        new String[] {
                            "person", "add", "--id", "p-03", "--name", name, "--role", "staff"
                        },
                        new String[] {"site", "new", "no-such-file.toml", "--name", name},
                        new String[] {
                            "sensors", "name", "w1:28-01203a6f5c11", "--unit", "u", "--name", name
                        })) {
            err.getBuffer().setLength(0);
            assertThat(type(words)).isEqualTo(ExitCode.USAGE);
            assertThat(err.toString()).contains("not arrive as UTF-8", "LC_ALL=C.UTF-8");
        }
        assertThat(kitchen.added).isEmpty();
    }

    @Test
    void a_self_test_without_a_pin_is_not_asked_for() {
        kitchen.typed = "";
        assertThat(type("selftest", "--by", "p-03")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no PIN was typed", "ssh -t");
    }

    @Test
    void a_drill_says_aside_that_it_waits_for_a_person() {
        assertThat(type("drill", "--by", "p-03")).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("waits for a tap");
        assertThat(out.toString()).isEqualToIgnoringNewLines("ok    kept: after 12 ms");
    }

    @Test
    void somebody_is_added() {
        var code = type("person", "add", "--id", "p-03", "--name", "王师傅", "--role", "staff");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(kitchen.added).containsExactly("p-03");
    }

    @Test
    void an_empty_list_says_how_to_fill_it_and_stays_empty_for_machines() {
        assertThat(type("person", "list")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("mingchu person add");
    }

    @ParameterizedTest
    @CsvSource({"version", "--version", "-V"})
    void the_version_answers_to_all_its_names(String word) {
        assertThat(type(word)).isEqualTo(ExitCode.OK);
        assertThat(out.toString().strip()).isEqualTo("mingchu 1.2.3");
    }

    @Test
    void help_helps_with_a_command() {
        assertThat(type("help", "run")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("--site", "--root");
    }

    @Test
    void every_command_is_found_by_the_name_that_it_helps_with() {
        var names = Commands.line(kitchen).getSubcommands().keySet();
        assertThat(names).hasSizeGreaterThan(20).contains("run", "doctor", "support-bundle");
        for (var name : names) {
            out.getBuffer().setLength(0);
            assertThat(type(name, "--help")).as(name).isEqualTo(ExitCode.OK);
            assertThat(out.toString()).as(name).contains("mingchu " + name);
        }
    }

    @Test
    void run_explains_its_options() {
        assertThat(type("run", "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Usage: mingchu run").contains("--site", "--root");
        assertThat(type("run", "--days", "3")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Unknown options: '--days', '3'");
    }

    /** Two readers of one line must never differ. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run --site s.toml",
                "run --state run --site s.toml --root /r --secrets version",
                "run --secrets a:b --root ./x=y"
            })
    void a_plain_line_is_read_as_the_library_reads_it(String typed) {
        var words = typed.split(" ");
        var plain = RunOptions.plain(words);
        assertThat(plain).isPresent();

        Commands.execute(kitchen, new PrintWriter(out), new PrintWriter(err), words);

        assertThat(kitchen.ran).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "run --help",
                "run --site",
                "run --site=s.toml",
                "run --site a --site b",
                "run --site --state --root /r",
                "run --site @words",
                "run --json --json",
                "run s.toml"
            })
    void every_other_line_is_the_librarys(String typed) {
        assertThat(RunOptions.plain(typed.split(" "))).isEmpty();
    }

    @Test
    void what_the_world_did_is_one_line() {
        assertThat(type("run", "--root", "/nowhere")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isEqualToIgnoringNewLines("mingchu: no folder /nowhere");
    }

    @Test
    void a_series_is_tried_with_all_that_was_said() {
        var code =
                type(
                        "judge",
                        "try",
                        "--site",
                        "s.toml",
                        "--readings",
                        "r.csv",
                        "--pack",
                        "p.toml",
                        "--from",
                        "2026-11-01",
                        "--json");

        assertThat(code).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out.toString())
                .contains("site=s.toml", "readings=r.csv", "pack=Optional[p.toml]")
                .contains("from=Optional[2026-11-01]", "to=Optional.empty", "json=true");
        assertThat(type("judge", "try", "--site", "s.toml")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--readings");
    }

    @Test
    void a_replay_asks_the_record_for_a_pack_wherever_the_agent_runs() {
        var code =
                type("judge", "replay", "--state", "d", "--pack", "p.toml", "--to", "2026-11-01");

        assertThat(code).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out.toString())
                .contains("REPLAY {pack=" + Path.of("p.toml").toAbsolutePath(), "to=2026-11-01}");
    }

    @Test
    void the_load_is_asked_of_the_record_for_so_many_days() {
        assertThat(type("judge", "load", "--state", "d", "--days", "30", "--json"))
                .isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out.toString()).contains("LOAD {days=30, json=true}");
        assertThat(type("judge", "load", "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("--days", "1 to 366", "It suggests");
    }

    @Test
    void help_says_how_the_file_looks_and_how_it_ends() {
        assertThat(type("help", "judge")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("try", "replay", "load", "nothing is written");
        assertThat(type("judge", "try", "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("ISO 8601", "0 closed, 1 open", "Exit: 0 no alarm");
        assertThat(type("judge")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Missing command: try, replay or load");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alarms list --json | ALARMS {json=true}",
                "alarms acknowledge 5b7f4c --by p-03 | ACKNOWLEDGE {alarm=5b7f4c, by=p-03}",
                "alarms shelve 5b7f4c --by p-01 --for 2h --once --reason x"
                        + "| SHELVE {alarm=5b7f4c, by=p-01, for=2h, once=true, reason=x}",
                "alarms unshelve a/b --by p-01 | UNSHELVE {alarm=a/b, by=p-01}",
                "alarms reset a/b --by p-01 --reason x | RESET {alarm=a/b, by=p-01, reason=x}",
                "unit clean u1 --by p-03 --for 2h --moved-to u2 --reason x"
                        + "| UNIT {act=cleaning, by=p-03, for=2h, moved-to=u2, reason=x, unit=u1}",
                "unit load u1 --by p-03 --for 30m --reason x"
                        + "| UNIT {act=loading, by=p-03, for=30m, reason=x, unit=u1}",
                "unit stop u1 --by p-01 --until 2026-12-01 --reason x"
                        + "| UNIT {act=stopped, by=p-01, reason=x, unit=u1, until=2026-12-01}",
                "unit in-use u1 --by p-03 | UNIT {act=in-use, by=p-03, unit=u1}",
                "unit check u1 --by p-03 --unfit --reason x"
                        + "| UNIT {act=check, by=p-03, reason=x, unfit=true, unit=u1}",
                "sensors out s1 --by p-05 --due 2026-12-01 --reason x"
                        + "| SENSOR {act=out, by=p-05, due=2026-12-01, reason=x, sensor=s1}",
                "sensors in s1 --by p-05 | SENSOR {act=in, by=p-05, sensor=s1}",
                "batch begin soup-1 --in u1 --by p-03"
                        + "| BATCH {act=begin, batch=soup-1, by=p-03, in=u1}",
                "batch begin soup-1 --in u1 --by p-03 --since 1h30m"
                        + " | BATCH {act=begin, batch=soup-1, by=p-03, in=u1, since=1h30m}",
                "batch end soup-1 --by p-03 | BATCH {act=end, batch=soup-1, by=p-03}",
            })
    void what_is_done_in_the_kitchen_is_asked_of_the_agent(String typed, String asked) {
        assertThat(type(typed.split(" "))).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(err.toString()).isEqualToIgnoringNewLines("mingchu: " + asked);
        assertThat(out.toString()).as("a refusal is no answer").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alarms | Missing command: list, acknowledge, shelve, unshelve or reset",
                "alarms shelve a/b --by p-01 --reason x | --for",
                "alarms reset a/b --by p-01 | --reason",
                "alarms acknowledge --by p-01 | ALARM",
                "unit | Missing command: clean, load, stop, in-use or check",
                "unit clean u1 --by p-03 --for 2h | --reason",
                "unit stop u1 --by p-03 --for 2h --reason x | --until",
                "unit check u1 | --by",
                "sensors | Missing command: discover, name, photo, list, out, in, add-probe or",
                "sensors out s1 --by p-05 --reason x | --due",
            })
    void what_is_missing_is_named(String typed, String named) {
        assertThat(type(typed.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(named);
    }

    @Test
    void help_names_the_acts() {
        assertThat(type("help", "unit")).isEqualTo(ExitCode.OK);
        assertThat(type("alarms", "shelve", "--help")).isEqualTo(ExitCode.OK);
        assertThat(type("sensors", "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("clean", "load", "stop", "in-use", "check")
                .contains("--for", "--once", "at least 6 characters")
                .contains("out", "in ", "--state");
    }

    @Test
    void a_probe_gets_its_key_as_a_picture_and_in_words_and_loses_it_again() {
        assertThat(type("sensors", "add-probe", "probe-1", "--site", "s.toml"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("█", "identity  probe-1", "key       00ff00ff")
                .contains("coaps://s.toml:5684/senml", "source = \"coap:probe-1/");
        assertThat(type("sensors", "revoke-probe", "probe-1")).isEqualTo(ExitCode.OK);
        assertThat(type("sensors", "revoke-probe", "probe-2")).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(err.toString()).contains("probe-2 had no key");
    }

    @Test
    void a_pin_is_typed_and_never_an_argument() {
        kitchen.added.add("p-03");
        assertThat(type("person", "pin", "p-03")).isEqualTo(ExitCode.OK);
        assertThat(kitchen.pins).containsExactly("p-03 493817");
        assertThat(out.toString()).isEqualTo("p-03 has a PIN\n");
        assertThat(type("person", "pin", "p-03", "493817")).isEqualTo(ExitCode.USAGE);
        assertThat(type("person", "pin", "p-04")).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(err.toString()).contains("there is no person p-04");
    }

    @Test
    void a_badge_is_shown_once_as_a_picture_or_written_into_a_new_file(@TempDir Path folder) {
        kitchen.added.add("p-03");
        assertThat(type("person", "badge", "p-03")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("█", "p-03's badge").doesNotContain("00000000");
        var file = folder.resolve("badge.svg");
        assertThat(type("person", "badge", "p-03", "--svg", file.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(file).content().startsWith("<?xml").doesNotContain("00000000");
        assertThat(type("person", "badge", "p-03", "--svg", file.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(type("person", "badge", "p-03", "--end")).isEqualTo(ExitCode.OK);
        assertThat(type("person", "badge", "p-04", "--end")).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(type("person", "badge", "p-04")).isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void uptime_is_asked_with_all_that_was_said() {
        type("camera", "uptime", "cam-1", "--days", "7", "--json");
        assertThat(err.toString()).contains("UPTIME {camera=cam-1, days=7, json=true}");
        assertThat(type("camera")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_camera_relearns_by_somebody_and_for_a_reason() {
        type("camera", "relearn", "cam-1", "--by", "p-05", "--reason", "转向灶台");
        assertThat(err.toString()).contains("RELEARN {by=p-05, camera=cam-1, reason=转向灶台}");
        assertThat(type("camera", "relearn", "cam-1", "--by", "p-05")).isEqualTo(ExitCode.USAGE);
        assertThat(type("camera", "relearn", "cam-1", "--reason", "x")).isEqualTo(ExitCode.USAGE);
    }

    private int type(String... words) {
        return Line.execute(kitchen, new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    @Test
    void the_curve_of_a_trip_is_joined_out_of_exports() {
        assertThat(type("join", "box-7", "a.zip", "b.zip", "--zone", "Asia/Shanghai"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("subject=box-7, files=[a.zip, b.zip], zone=Optional[Asia/Shanghai]");
        assertThat(type("join", "box-9", "a.zip")).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(err.toString()).contains("mingchu: SUBJECT 'box-9': no value of it");
        assertThat(type("join", "box-7")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void the_doctor_is_told_whom_to_look_at_and_what_it_finds_is_data() {
        assertThat(type("doctor")).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out.toString()).contains("state=/var/lib/mingchu", "root=/,", "offline=false");
        assertThat(err.toString()).isEmpty();
        assertThat(type("doctor", "--offline", "--root", "/r", "--language", "en")).isZero();
        assertThat(out.toString()).contains("root=/r", "language=Optional[en]");
        assertThat(type("support-bundle", "b.zip", "--log", "x.log", "--state", "/s")).isZero();
        assertThat(out.toString()).contains("b.zip [x.log] /s");
        assertThat(type("support-bundle")).isEqualTo(ExitCode.USAGE);
        assertThat(type("doctor", "--jsn")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void what_is_to_be_done_about_certificates_is_handed_on_as_it_was_typed() {
        assertThat(type("cert", "request", "--platform", "market")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Request[afresh=false]");
        assertThat(err.toString()).contains("mingchu cert install FILE");
        assertThat(type("cert", "install", "a.pem", "--ca", "b.pem")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Install[file=a.pem, ca=Optional[b.pem]]");
        assertThat(type("cert", "renew", "--est", "https://pki.example")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("est=https://pki.example");
        assertThat(type("cert", "renew")).isEqualTo(ExitCode.USAGE);
        assertThat(type("cert")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("request, install, show or renew");
    }

    private static final class Kitchen implements Verbs {
        final List<String> added = new ArrayList<>();
        final List<String> pins = new ArrayList<>();
        String typed = "493817";
        Optional<RunOptions> ran = Optional.empty();

        @Override
        public Told record(RecordAsk ask) {
            return Told.refused(ask.act() + " " + new TreeMap<>(ask.words()));
        }

        @Override
        public Told readings(RecordAsk ask) {
            throw new AssertionError("no readings are asked");
        }

        @Override
        public Told export(RecordAsk ask, Path file) {
            return Told.well(file + " " + new TreeMap<>(ask.words()));
        }

        @Override
        public Told join(JoinAsk ask) {
            return ask.subject().equals("box-9")
                    ? Told.refused("SUBJECT 'box-9': no value of it")
                    : Told.well(ask.toString());
        }

        @Override
        public Told doctor(DoctorAsk ask) {
            return Told.checked(ask.offline(), List.of(ask.toString()));
        }

        @Override
        public Told cert(CertAsk ask) {
            return Told.well(ask.act().toString());
        }

        @Override
        public Told drill(DrillAsk ask, Consumer<String> say, Consumer<String> aside) {
            aside.accept("waits for a tap, 10 minutes at most");
            say.accept("ok    kept: after 12 ms");
            return Told.well();
        }

        @Override
        public Told protocol(ProtocolAsk ask) {
            return Told.well(ask.out() + ": 35 KiB");
        }

        @Override
        public Told bundle(BundleAsk ask) {
            return Told.well(ask.file() + " " + ask.logs() + " " + ask.whom().state());
        }

        @Override
        public int verify(List<String> words) {
            return words.size();
        }

        @Override
        public int judge(TryAsk ask, Voice voice) {
            voice.out().accept(ask.toString());
            return ExitCode.CHECK_FAILED;
        }

        @Override
        public int run(RunOptions options) {
            ran = Optional.of(options);
            throw new CommandFailed(ExitCode.USAGE, "no folder " + options.root());
        }

        @Override
        public Checked<Plan> check(Path site, Optional<Path> secrets) {
            return new Checked.Bad<>(List.of());
        }

        @Override
        public Secrets secrets(Path site) {
            return Secrets.NONE;
        }

        @Override
        public void addPerson(Path state, String id, Role role, String name) {
            added.add(id);
        }

        @Override
        public boolean erasePerson(Path state, String id) {
            return false;
        }

        @Override
        public boolean givePin(Path state, String id, String pin) {
            pins.add(id + " " + pin);
            return added.contains(id);
        }

        @Override
        public Optional<String> giveBadge(Path state, String id) {
            return added.contains(id) ? Optional.of("0".repeat(39)) : Optional.empty();
        }

        @Override
        public boolean endBadge(Path state, String id) {
            return added.contains(id);
        }

        @Override
        public Optional<String> claimCode(Path state) {
            return added.isEmpty() ? Optional.empty() : Optional.of("12345-67890");
        }

        @Override
        public String secret(String prompt) {
            return typed;
        }

        @Override
        public List<PersonRow> people(Path state) {
            return List.of();
        }

        @Override
        public Enrolled addProbe(Path state, Path site, String identity) {
            return new Enrolled(identity, "00ff".repeat(8), site + ":5684", "coaps://x#00ff");
        }

        @Override
        public boolean revokeProbe(Path state, String identity) {
            return identity.equals("probe-1");
        }

        @Override
        public FirstHour firstHour() {
            throw new AssertionError("not asked here");
        }

        @Override
        public boolean onTerminal() {
            return false;
        }

        @Override
        public String version() {
            return "1.2.3";
        }
    }
}
