package org.mingchu.simulator;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A scenario file as words with their places; comments and empty lines are left out. Stateless. */
final class ScenarioLines {
    private static final Pattern WORD = Pattern.compile("\\S+");

    private ScenarioLines() {}

    /** A word and its column, from 1. */
    record Word(String text, int column) {}

    /** A line with at least one word, and its number, from 1. */
    record Line(int number, List<Word> words, int end) {
        Line {
            words = List.copyOf(words);
        }

        List<String> from(int index) {
            return words.subList(index, words.size()).stream().map(Word::text).toList();
        }

        /** The column of a word, or the one behind the line when it has no such word. */
        int column(int index) {
            return index < words.size() ? words.get(index).column() : end;
        }

        /** What stands there, in quotes, or that the line ends. */
        String found(int index) {
            return index < words.size()
                    ? "\"" + words.get(index).text() + "\""
                    : "the end of the line";
        }
    }

    static List<Line> of(String file, byte[] utf8) {
        var texts = decode(file, utf8).split("\n", -1);
        var lines = new ArrayList<Line>();
        for (int i = 0; i < texts.length; i++) {
            var text = texts[i].split("#", 2)[0].stripTrailing();
            var words = new ArrayList<Word>();
            var matcher = WORD.matcher(text);
            while (matcher.find()) {
                words.add(new Word(matcher.group(), matcher.start() + 1));
            }
            if (!words.isEmpty()) {
                lines.add(new Line(i + 1, words, text.length() + 1));
            }
        }
        return lines;
    }

    private static String decode(String file, byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new BadScenario(List.of(firstBad(file, utf8)));
        }
    }

    /** Where the first bytes lie that are no UTF-8: behind the longest part that is. */
    private static BadScenario.Problem firstBad(String file, byte[] utf8) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(utf8);
        var out = CharBuffer.allocate(utf8.length);
        decoder.decode(in, out, true);
        var good = out.flip().toString();
        int line = (int) good.chars().filter(c -> c == '\n').count() + 1;
        int column = good.length() - (good.lastIndexOf('\n') + 1) + 1;
        var found = "byte 0x%02X".formatted(in.get(in.position()) & 0xff);
        return new BadScenario.Problem(file, line, column, found, "text in UTF-8");
    }
}
