package org.mingchu.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a site file, section by section in the order of the file. One thread. */
final class SiteReader {
    /** The one version of the site file's shape there is. */
    static final int SCHEMA = 1;

    /** Most lines, meals, contacts, closures: what one person can still oversee. */
    static final int LIST_MAX = 64;

    /** A DS18B20 takes 0.75 s to convert; beyond 15 minutes a 30 minute delay means nothing. */
    static final Form<Duration> PERIOD =
            Times.duration(Duration.ofSeconds(1), Duration.ofMinutes(15));

    static final Duration PERIOD_DEFAULT = Duration.ofSeconds(10);

    /** What the record takes at most, in MiB: a fifth of the smallest card worth buying. */
    static final int BUDGET_MIB_DEFAULT = 2_048;

    /** Less does not hold 90 days of 16 sensors at 10 s with their minutes and the logs. */
    private static final Form<Integer> BUDGET_MIB = Form.whole(128, 1 << 20, " MiB");

    private static final Form<Integer> SCHEMA_FORM =
            new Form<>(
                    SCHEMA + ", the only schema that this version reads",
                    SCHEMA,
                    raw ->
                            raw.equals((long) SCHEMA)
                                    ? Parsed.right(SCHEMA)
                                    : Parsed.wrong(
                                            SCHEMA + ", the only schema that this version reads"));

    private static final Form<SiteKind> KIND =
            Form.oneOf(List.of(SiteKind.values()), SiteKind::word);
    private static final Form<String> LANGUAGE = Form.oneOf(List.of("zh-CN", "en"), word -> word);

    private SiteReader() {}

    /** A site and the rules it names; the rules are empty where they could not be read. */
    record Bound(Site site, Optional<RulePack> pack) {}

    static Bound read(Table root, PackShelf shelf, Path folder) {
        var schema = root.need("schema", SCHEMA_FORM);
        var site =
                root.needTable(
                        "site",
                        "a table [site] with id, area, gateway, name, kind, time_zone, language"
                                + " and rules");
        var identity = identity(site);
        var name = site.need("name", Form.TEXT);
        var kind = site.need("kind", KIND);
        var zone = site.need("time_zone", Times.ZONE);
        var language = site.need("language", LANGUAGE);
        var pack = site.ask("rules", Form.ID).flatMap(rules -> shelf.find(rules, site));
        site.end();

        var lines = EdgeReader.lines(root);
        var broker = EdgeReader.broker(root);
        var coap = CoapReader.read(root);
        var console = EdgeReader.console(root);
        var census = census(pack, lines, services(broker, coap), root.problems());
        var board = BoardReader.read(root, census);
        var read =
                new Site(
                        schema,
                        identity,
                        name,
                        kind,
                        zone,
                        language,
                        PeopleReader.operator(root),
                        PeopleReader.hours(root),
                        PeopleReader.meals(root),
                        PeopleReader.contacts(root),
                        samplingPeriod(root),
                        UnitReader.units(root, census),
                        lines,
                        broker,
                        coap,
                        VideoReader.read(root, census),
                        EdgeReader.annunciator(root, census),
                        console,
                        PlatformReader.platforms(root),
                        journalBudgetMib(root),
                        WallReader.read(root, folder, console),
                        board,
                        NetworkReader.read(root));
        census.end(board, lines);
        root.end();
        return new Bound(read, pack);
    }

    private static Identity identity(Table site) {
        return new Identity(
                site.need("area", Form.ID),
                site.need("id", Form.ID),
                site.need("gateway", Form.ID));
    }

    private static Duration samplingPeriod(Table root) {
        var sampling = root.mayTable("sampling");
        var period = sampling.flatMap(table -> table.may("period", PERIOD));
        sampling.ifPresent(Table::end);
        return period.orElse(PERIOD_DEFAULT);
    }

    private static int journalBudgetMib(Table root) {
        var journal = root.mayTable("journal");
        var budget = journal.flatMap(table -> table.may("budget_mib", BUDGET_MIB));
        journal.ifPresent(Table::end);
        return budget.orElse(BUDGET_MIB_DEFAULT);
    }

    private static Set<Census.Service> services(Optional<Broker> broker, Optional<Coap> coap) {
        var services = EnumSet.noneOf(Census.Service.class);
        broker.ifPresent(_ -> services.add(Census.Service.BROKER));
        coap.ifPresent(_ -> services.add(Census.Service.COAP));
        return services;
    }

    private static Census census(
            Optional<RulePack> pack,
            List<Line> lines,
            Set<Census.Service> services,
            Problems problems) {
        var ids = lines.stream().map(Line::id).collect(Collectors.toSet());
        return new Census(pack, ids, services, problems);
    }
}
