package org.mingchu.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Finds what looks like the number of an identity card (GB 11643): it never hangs on a wall. */
final class IdNumbers {
    /**
     * Area, date of birth, serial, check digit; the check is left out: a typo is no less private.
     */
    private static final Pattern CITIZEN =
            Pattern.compile(
                    "(?<![0-9])[1-8][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
                            + "[0-9]{3}[0-9Xx](?![0-9])");

    private static final Pattern PAUSE = Pattern.compile("(?<=[0-9])[ \\u00a0-](?=[0-9Xx])");

    private static final Pattern KEY =
            Pattern.compile(
                    "id|(id|identity|citizen)[_-]?(card|number|no|code).*|identity|sfzh?"
                            + "|shenfen.*|身份.*|证件号.*");

    /** A line of text for people, and nobody's ID number. */
    static final Form<String> TEXT = without(Form.TEXT);

    private IdNumbers() {}

    /** Whether the text holds one, also one that is written in groups. */
    static boolean in(String text) {
        return CITIZEN.matcher(PAUSE.matcher(text).replaceAll("")).find();
    }

    /** Whether a key is made for one. */
    static boolean isKey(String name) {
        return KEY.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** The form, with such a text refused; what it says never repeats it. */
    static Form<String> without(Form<String> form) {
        var expected = "no ID number: take it out (it never belongs on a wall)";
        return new Form<>(
                form.expected(),
                form.standIn(),
                raw ->
                        raw instanceof String text && in(text)
                                ? Parsed.wrong(expected)
                                : form.parse().apply(raw));
    }
}
