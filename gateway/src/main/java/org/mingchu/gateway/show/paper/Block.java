package org.mingchu.gateway.show.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One piece of a document, from top to bottom. It travels between processes as one line of text:
 * its kind and its words, divided by {@value #DIVIDER}. Immutable.
 */
public sealed interface Block {
    /** The unit separator of ASCII: nobody types it. */
    char DIVIDER = '\u001f';

    /** How something stands: what the eye looks for first. */
    enum Mark {
        GOOD,
        BAD,
        OPEN,
        NONE
    }

    /** What the document is, and of whom; always the first block. */
    record Title(String text, String of) implements Block {}

    /** A heading. */
    record Heading(String text) implements Block {}

    /** One fact: what it is about, and what is so. */
    record Line(Mark mark, String name, String value) implements Block {}

    /** The head of a table; its rows follow. */
    record Columns(List<String> names) implements Block {
        public Columns {
            names = List.copyOf(names);
        }
    }

    /** A row of the table above, as many cells as it has columns. */
    record Row(List<String> cells) implements Block {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * One hop on a scale of time; those that follow each other make one chart.
     *
     * @param afterMs when it happened, milliseconds after the first; absent when it did not
     * @param said how long that is in words, or why it did not happen
     */
    record Hop(String name, OptionalLong afterMs, String said) implements Block {}

    /** A line of running text. */
    record Text(String text) implements Block {}

    /** A place for somebody's signature. */
    record Signature(String who) implements Block {}

    /** As a line. */
    default String written() {
        return switch (this) {
            case Title(var text, var of) -> join("title", text, of);
            case Heading(var text) -> join("heading", text);
            case Line(var mark, var name, var value) -> join("line", mark.name(), name, value);
            case Columns(var names) -> join("columns", names);
            case Row(var cells) -> join("row", cells);
            case Hop(var name, var after, var said) ->
                    join("hop", name, after.isPresent() ? "" + after.getAsLong() : "", said);
            case Text(var text) -> join("text", text);
            case Signature(var who) -> join("signature", who);
        };
    }

    /**
     * Out of a line.
     *
     * @throws IllegalArgumentException when it is none of this version
     */
    static Block read(String line) {
        var words = List.of(line.split(String.valueOf(DIVIDER), -1));
        var said = words.subList(1, words.size());
        try {
            return switch (words.getFirst()) {
                case "title" -> new Title(said.get(0), said.get(1));
                case "heading" -> new Heading(said.get(0));
                case "line" -> new Line(Mark.valueOf(said.get(0)), said.get(1), said.get(2));
                case "columns" -> new Columns(said);
                case "row" -> new Row(said);
                case "hop" ->
                        new Hop(
                                said.get(0),
                                said.get(1).isEmpty()
                                        ? OptionalLong.empty()
                                        : OptionalLong.of(Long.parseLong(said.get(1))),
                                said.get(2));
                case "text" -> new Text(said.get(0));
                case "signature" -> new Signature(said.get(0));
                default -> throw new IllegalArgumentException("no block: " + line);
            };
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a block that is cut off: " + line, e);
        }
    }

    private static String join(String kind, String... words) {
        return join(kind, List.of(words));
    }

    private static String join(String kind, List<String> words) {
        var all = new ArrayList<String>();
        all.add(kind);
        words.forEach(word -> all.add(word.replaceAll("\\p{Cntrl}", " ")));
        return String.join(String.valueOf(DIVIDER), all);
    }
}
