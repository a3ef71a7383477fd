package org.mingchu.gateway;

import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Problem;
import org.mingchu.config.Secrets;
import org.mingchu.config.SecretsReader;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.keep.StateFolder;
import org.mingchu.gateway.keep.StateInUse;
import org.mingchu.gateway.show.Page;
import org.mingchu.gateway.tend.Commands;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.RunOptions;
import org.mingchu.gateway.tend.StateUnusable;
import org.mingchu.gateway.tend.Verbs;
import org.slf4j.bridge.SLF4JBridgeHandler;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The door: clock and chance come in here, and the rooms are handed their verbs. */
public final class Main implements Verbs {
    private final Path home;

    private Main(Path home) {
        this.home = home;
    }

    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Page.prepare();
        var main = new Main(Path.of(System.getProperty("mingchu.home", ".")));
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(Commands.execute(main, out, err, args));
    }

    @Override
    public int run(RunOptions options) {
        var secrets = secrets(options.secrets());
        var plan = check(options.site(), options.secrets());
        return switch (plan) {
            case Checked.Bad<Plan>(var problems) -> {
                problems.forEach(problem -> System.err.println(problem.line()));
                System.err.println("mingchu: " + options.site() + " cannot be used");
                yield ExitCode.CONFIGURATION_INVALID;
            }
            case Checked.Good<Plan>(var good, var remarks) -> {
                remarks.forEach(remark -> System.err.println(remark.line()));
                yield watch(good, secrets, options);
            }
        };
    }

    @Override
    public Checked<Plan> check(Path site, Optional<Path> secretsFile) {
        var secrets = secretsFile.map(SecretsReader::read);
        return switch (PlanReader.read(site, home.resolve("etc/rules"))) {
            case Checked.Bad<Plan>(var problems) -> new Checked.Bad<>(with(problems, secrets));
            case Checked.Good<Plan>(var plan, var remarks) -> {
                var all = new ArrayList<>(with(remarks, secrets));
                all.addAll(PlanReader.credentials(site, plan, secretsOf(secrets)));
                yield all.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR)
                        ? new Checked.Bad<>(all)
                        : new Checked.Good<>(plan, all);
            }
        };
    }

    @Override
    public void addPerson(Path state, String id, Role role, String name) {
        try (var people = People.open(state)) {
            people.add(new People.Member(id, role, name));
        }
    }

    @Override
    public boolean erasePerson(Path state, String id) {
        try (var people = People.open(state)) {
            return people.erase(id);
        }
    }

    @Override
    public List<PersonRow> people(Path state) {
        try (var people = People.open(state)) {
            return people.list().stream()
                    .map(member -> new PersonRow(member.id(), member.role(), member.name()))
                    .toList();
        }
    }

    @Override
    public String version() {
        var packaged = Main.class.getPackage().getImplementationVersion();
        return packaged == null ? "development" : packaged;
    }

    private int watch(Plan plan, Secrets secrets, RunOptions options) {
        var chance = new SecureRandom();
        try (var folder = StateFolder.open(options.state(), chance)) {
            var door = new Agent.Door(InstantSource.system(), chance, home, version());
            return Agent.watch(plan, secrets, options.root(), folder, door);
        } catch (StateInUse e) {
            throw new StateUnusable(e.getMessage(), e);
        }
    }

    private static List<Problem> with(List<Problem> problems, Optional<Checked<Secrets>> secrets) {
        var all = new ArrayList<>(problems);
        secrets.ifPresent(checked ->
                all.addAll(
                        switch (checked) {
                            case Checked.Good<Secrets>(_, var remarks) -> remarks;
                            case Checked.Bad<Secrets>(var found) -> found;
                        }));
        return all;
    }

    private static Secrets secretsOf(Optional<Checked<Secrets>> checked) {
        return checked.isPresent() && checked.get() instanceof Checked.Good<Secrets>(var good, _)
                ? good
                : Secrets.NONE;
    }

    private static Secrets secrets(Optional<Path> file) {
        return secretsOf(file.map(SecretsReader::read));
    }
}
