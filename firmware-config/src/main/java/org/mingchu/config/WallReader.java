package org.mingchu.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what hangs on the public wall, and the certificates that run out. One thread. */
final class WallReader {
    private static final int PAPERS_MAX = 12;

    private static final Form<String> PHONE =
            Form.words(
                    "",
                    "a telephone number of 3 to 24 digits, spaces, +, ( ) and -, in quotes",
                    text -> Optional.of(text).filter(t -> t.matches("[0-9+() -]{3,24}")));

    /** A telephone somewhere else opens it: an address in this house would lead nowhere. */
    private static final Form<URI> PUBLIC_PAGE =
            Form.words(
                    URI.create("https://example.org/"),
                    "the supervision platform's own form, \"https://…\" with a public host name,"
                            + " never this gateway's address",
                    WallReader::publicPage);

    private static final Pattern IN_HOUSE =
            Pattern.compile("[0-9.]+|\\[.*|[^.]+|.*\\.(local|lan|internal|localhost|home\\.arpa)");

    private static final int URL_MAX = 200;

    /** Of one or two signs in Chinese; a whole name is more than the wall needs. */
    private static final Form<String> SURNAME =
            Form.words(
                    "",
                    "a surname alone: one or two Chinese characters, or up to 20 letters",
                    text ->
                            Optional.of(text)
                                    .filter(t ->
                                            t.matches("\\p{IsHan}{1,2}|[\\p{L}'-]{1,20}")
                                                    && !t.matches("\\p{IsHan}{3,}")));

    private static final Form<Wall.ControlPoint> POINT =
            Form.oneOf(List.of(Wall.ControlPoint.values()), Wall.ControlPoint::word);

    private WallReader() {}

    static Wall read(Table root, Path folder, Console console) {
        var table = root.mayTable("wall");
        var certificates = certificates(root);
        var staff =
                root.tables("health_certificate", SiteReader.LIST_MAX).stream()
                        .map(WallReader::health)
                        .toList();
        table.filter(_ -> console.wall().isEmpty())
                .ifPresent(t ->
                        t.problems()
                                .warning(
                                        t.header().table(),
                                        "wall = \"host:port\" in [console] as well: without it"
                                                + " nobody sees this"));
        return table.map(t -> wall(t, folder, certificates, staff))
                .orElseGet(() ->
                        new Wall(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                certificates,
                                staff));
    }

    private static Wall wall(
            Table table,
            Path folder,
            List<Wall.Certificate> certificates,
            List<Wall.HealthCertificate> staff) {
        var wall =
                new Wall(
                        table.may("phone", IdNumbers.without(PHONE)),
                        table.may("form", PUBLIC_PAGE),
                        table.mayTable("inspection").map(WallReader::inspection),
                        table.tables("paper", PAPERS_MAX).stream()
                                .map(paper -> PaperReader.read(paper, folder))
                                .toList(),
                        table.list("by_hand", POINT),
                        certificates,
                        staff);
        table.end();
        return wall;
    }

    private static Wall.Inspection inspection(Table table) {
        var inspection =
                new Wall.Inspection(
                        table.need("date", Form.DATE),
                        table.need("result", IdNumbers.TEXT),
                        table.may("by", IdNumbers.TEXT));
        table.end();
        return inspection;
    }

    private static List<Wall.Certificate> certificates(Table root) {
        var taken = new HashSet<String>();
        return root.tables("certificate", SiteReader.LIST_MAX).stream()
                .map(table -> certificate(table, taken))
                .toList();
    }

    private static Wall.Certificate certificate(Table table, Set<String> taken) {
        var id = table.need("id", Form.ID);
        if (!id.isEmpty() && !taken.add(id)) {
            table.problems().error(table.spot("id"), "an id of its own among the certificates");
        }
        var certificate =
                new Wall.Certificate(
                        id,
                        table.need("name", IdNumbers.TEXT),
                        table.may("number", IdNumbers.TEXT),
                        table.need("valid_to", Form.DATE));
        table.end();
        return certificate;
    }

    private static Wall.HealthCertificate health(Table table) {
        refuseIdNumber(table);
        var health =
                new Wall.HealthCertificate(
                        table.need("surname", IdNumbers.without(SURNAME)),
                        table.need("job", IdNumbers.TEXT),
                        table.need("valid_to", Form.DATE),
                        table.need("consent", Form.YES_NO)
                                ? Wall.Consent.GIVEN
                                : Wall.Consent.NOT_GIVEN);
        table.end();
        return health;
    }

    /** Said by itself, and not as an unknown key: somebody has already typed it in. */
    private static void refuseIdNumber(Table table) {
        for (var name : table.names()) {
            if (IdNumbers.isKey(name) && table.has(name)) {
                table.problems()
                        .error(
                                table.keySpot(name).showing("a key for an ID number"),
                                "no ID number: take the whole line out; surname, job, valid_to and"
                                        + " consent are enough");
            }
        }
    }

    private static Optional<URI> publicPage(String text) {
        try {
            return text.length() > URL_MAX
                    ? Optional.empty()
                    : Optional.of(new URI(text))
                            .filter(uri -> "https".equals(uri.getScheme()))
                            .filter(uri -> uri.getHost() != null && uri.getUserInfo() == null)
                            .filter(uri ->
                                    !IN_HOUSE.matcher(uri.getHost().toLowerCase(Locale.ROOT))
                                            .matches());
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
