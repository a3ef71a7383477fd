package org.mingchu.config;

/**
 * A place in a file that a problem can point at. Immutable.
 *
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1, in characters
 * @param key dotted path of the key
 * @param found what stands there, fit to be shown
 */
record Spot(int line, int column, String key, String found) {
    /** The whole file, for something it does not hold. */
    static Spot wholeFile(String key) {
        return new Spot(0, 0, key, "nothing");
    }

    /** The table whose header is here. */
    Spot table() {
        return showing("this table");
    }

    /** The same place with other words for what stands there. */
    Spot showing(String words) {
        return new Spot(line, column, key, words);
    }

    /** A key that is missing from the table whose header is here. */
    Spot under(String name) {
        return new Spot(line, column, key.isEmpty() ? name : key + "." + name, "nothing");
    }
}
