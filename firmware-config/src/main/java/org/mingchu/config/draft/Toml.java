package org.mingchu.config.draft;

/** How words are written into a site file. */
final class Toml {
    private Toml() {}

    /** A basic string (TOML 1.0); control characters become their codes. */
    static String quoted(String words) {
        var out = new StringBuilder("\"");
        words.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> out.append("\\\"");
                        case '\\' -> out.append("\\\\");
                        default -> {
                            if (c < ' ' || c == 0x7f) {
                                out.append("\\u%04x".formatted(c));
                            } else {
                                out.appendCodePoint(c);
                            }
                        }
                    }
                });
        return out.append('"').toString();
    }
}
