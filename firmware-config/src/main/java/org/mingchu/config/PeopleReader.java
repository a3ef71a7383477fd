package org.mingchu.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads who runs the kitchen, when somebody is there, and who is called. */
final class PeopleReader {
    private static final Form<Contact.Channel> CHANNEL =
            Form.oneOf(List.of(Contact.Channel.values()), PeopleReader::word);
    private static final Form<Contact.Duty> DUTY =
            Form.oneOf(List.of(Contact.Duty.values()), PeopleReader::word);

    private PeopleReader() {}

    static Optional<Operator> operator(Table root) {
        return root.mayTable("operator").map(PeopleReader::operatorOf);
    }

    static Optional<Hours> hours(Table root) {
        var table = root.mayTable("hours");
        if (table.isEmpty() && !root.has("hours")) {
            root.problems()
                    .absent("hours", "[hours] with weekly: without it every hour counts as open");
        }
        return table.map(PeopleReader::hoursOf);
    }

    static List<Meal> meals(Table root) {
        var taken = new HashSet<String>();
        return root.tables("meal", SiteReader.LIST_MAX).stream()
                .map(table -> meal(table, taken))
                .toList();
    }

    static List<Contact> contacts(Table root) {
        if (!root.has("contact")) {
            root.problems()
                    .absent(
                            "contact",
                            "[[contact]]: without one nobody outside the kitchen is called");
        }
        return root.tables("contact", SiteReader.LIST_MAX).stream()
                .map(PeopleReader::contact)
                .toList();
    }

    private static Operator operatorOf(Table table) {
        var operator =
                new Operator(
                        table.need("id", Form.ID),
                        table.need("name", Form.TEXT),
                        table.need("valid_from", Form.DATE));
        table.end();
        return operator;
    }

    private static Hours hoursOf(Table table) {
        var hours =
                new Hours(
                        table.list("weekly", Times.OPENING_FORM),
                        table.tables("closures", SiteReader.LIST_MAX).stream()
                                .map(PeopleReader::closure)
                                .toList());
        table.end();
        return hours;
    }

    private static Hours.Closure closure(Table table) {
        var from = table.ask("from", Form.DATE);
        var to = table.ask("to", Form.DATE);
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            table.problems().error(table.spot("to"), "a date not before from, " + from.get());
        }
        var name = table.need("name", Form.TEXT);
        table.end();
        return new Hours.Closure(
                from.orElse(Form.DATE.standIn()), to.orElse(Form.DATE.standIn()), name);
    }

    private static Meal meal(Table table, Set<String> taken) {
        var id = table.need("id", Form.ID);
        if (!id.isEmpty() && !taken.add(id)) {
            table.problems().error(table.spot("id"), "an id of its own among the meals");
        }
        var name = table.need("name", Form.TEXT);
        var serve = table.need("serve", Times.SPAN);
        table.end();
        return new Meal(id, name, serve.from(), serve.to());
    }

    private static Contact contact(Table table) {
        later(table, "nobody outside the kitchen is called");
        var contact =
                new Contact(
                        table.need("person", Form.ID),
                        table.need("channel", CHANNEL),
                        table.need("duty", DUTY));
        table.end();
        return contact;
    }

    private static void later(Table table, String meanwhile) {
        table.problems().later(table.header().table(), meanwhile);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
