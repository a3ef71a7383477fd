package org.mingchu.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is installed and everyone who is called in one kitchen. Immutable.
 *
 * @param journalBudgetMib what the record may take up on the disk, in MiB, logs included
 */
public record Site(
        int schema,
        Identity identity,
        String name,
        SiteKind kind,
        ZoneId timeZone,
        String language,
        Optional<Operator> operator,
        Optional<Hours> hours,
        List<Meal> meals,
        List<Contact> contacts,
        Duration samplingPeriod,
        List<Unit> units,
        List<Line> lines,
        Optional<Broker> broker,
        Optional<Coap> coap,
        Video video,
        Annunciator annunciator,
        Console console,
        List<Platform> platforms,
        int journalBudgetMib,
        Wall wall,
        Board board,
        Network network) {
    /** A site that shows the public nothing but what is measured. */
    public Site(
            int schema,
            Identity identity,
            String name,
            SiteKind kind,
            ZoneId timeZone,
            String language,
            Optional<Operator> operator,
            Optional<Hours> hours,
            List<Meal> meals,
            List<Contact> contacts,
            Duration samplingPeriod,
            List<Unit> units,
            List<Line> lines,
            Optional<Broker> broker,
            Optional<Coap> coap,
            Video video,
            Annunciator annunciator,
            Console console,
            List<Platform> platforms,
            int journalBudgetMib) {
        this(
                schema,
                identity,
                name,
                kind,
                timeZone,
                language,
                operator,
                hours,
                meals,
                contacts,
                samplingPeriod,
                units,
                lines,
                broker,
                coap,
                video,
                annunciator,
                console,
                platforms,
                journalBudgetMib,
                Wall.NONE,
                Board.BARE,
                Network.UNTOLD);
    }

    public Site {
        meals = List.copyOf(meals);
        contacts = List.copyOf(contacts);
        units = List.copyOf(units);
        lines = List.copyOf(lines);
        platforms = List.copyOf(platforms);
    }

    /** The cameras of {@link #video}. */
    public List<Camera> cameras() {
        return video.cameras();
    }
}
