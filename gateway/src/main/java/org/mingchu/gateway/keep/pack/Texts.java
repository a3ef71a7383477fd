package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.keep.cbor.Cbor.Malformed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Texts that repeat each other up to their numbers ("no answer for 5003 ms"): each form once, then
 * which form each text has, then all the numbers.
 */
final class Texts {
    /** Numbers that come back as they were written; 18 digits always fit into a long. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<![0-9])(0|[1-9][0-9]{0,17})(?![0-9])");

    /** Stands for a number. Texts that hold it themselves are kept as they are. */
    private static final char HOLE = '\0';

    private Texts() {}

    static void write(BitWriter out, List<String> texts) {
        var plain = texts.stream().anyMatch(t -> t.indexOf(HOLE) >= 0);
        var forms = new LinkedHashMap<String, Integer>();
        var which = new long[texts.size()];
        var numbers = new ArrayList<Long>();
        for (var i = 0; i < which.length; i++) {
            var form = plain ? texts.get(i) : form(texts.get(i), numbers);
            which[i] = forms.computeIfAbsent(form, _ -> forms.size());
        }
        out.truth(plain).number(forms.size());
        forms.keySet().forEach(out::text);
        Series.write(out, which);
        Series.write(out, numbers.stream().mapToLong(Long::longValue).toArray());
    }

    private static String form(String text, List<Long> numbers) {
        return NUMBER.matcher(text)
                .replaceAll(found -> {
                    numbers.add(Long.valueOf(found.group()));
                    return String.valueOf(HOLE);
                });
    }

    static List<String> read(BitReader in, int size) {
        var plain = in.truth();
        var forms = new ArrayList<String>();
        for (var left = in.count(size); left > 0; left--) {
            forms.add(in.text());
        }
        var which = Series.read(in, size);
        var chosen = new ArrayList<String>(size);
        for (var form : which) {
            if (form < 0 || form >= forms.size()) {
                throw new Malformed("form " + form + " of " + forms.size());
            }
            chosen.add(forms.get((int) form));
        }
        return plain ? chosen : filled(in, chosen);
    }

    private static List<String> filled(BitReader in, List<String> forms) {
        var holes = forms.stream().mapToLong(f -> f.chars().filter(c -> c == HOLE).count()).sum();
        if (holes > Block.READINGS_MAX) {
            throw new Malformed(holes + " numbers in " + forms.size() + " texts");
        }
        var numbers = Series.read(in, (int) holes);
        var next = 0;
        var texts = new ArrayList<String>(forms.size());
        for (var form : forms) {
            var text = new StringBuilder();
            for (var i = 0; i < form.length(); i++) {
                if (form.charAt(i) == HOLE) {
                    text.append(numbers[next++]);
                } else {
                    text.append(form.charAt(i));
                }
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
