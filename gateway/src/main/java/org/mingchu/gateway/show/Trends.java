package org.mingchu.gateway.show;

/** What the page asks of the record about times that are over. Any thread; it may wait. */
@FunctionalInterface
public interface Trends {
    /** The trend of a unit, with all its sensors, or of one sensor. */
    Answer of(String id, TrendSpan span);

    /** What comes of it. */
    sealed interface Answer {
        /** Here it is. */
        record Drawn(Trend trend) implements Answer {}

        /** The site has no such unit or sensor. */
        record Unknown() implements Answer {}

        /** Others are before it, or the record is in trouble; to be asked again. */
        record Busy() implements Answer {}
    }
}
