package org.mingchu.simulator.wire;

/** How a camera of GB/T 28181 speaks. Immutable. */
public enum SipDialect {
    /** Knows MD5 alone and passes over challenges that it does not know; writes GB2312. */
    EDITION_2016("GB2312"),
    /** Says so in X-GB-Ver; takes SHA-256 where it is offered, with qop; writes GB18030. */
    EDITION_2022("GB18030"),
    /** Says that it is of 2022; repeats the first challenge's algorithm and calculates MD5. */
    FIRST_AS_MD5("GB2312"),
    /** Takes the first challenge, and gives up where that is not MD5. */
    FIRST_MD5_OR_NOTHING("GB2312"),
    /** Takes the last challenge, and gives up where that is not MD5. */
    LAST_MD5_OR_NOTHING("GB2312"),
    /** Writes UTF-8, short header names and folded lines. */
    TERSE("UTF-8");

    private final String charset;

    SipDialect(String charset) {
        this.charset = charset;
    }

    /** What it says of itself when it registers. */
    String version() {
        return this == EDITION_2022 || this == FIRST_AS_MD5 ? "3.0" : "2.0";
    }

    String charset() {
        return charset;
    }
}
