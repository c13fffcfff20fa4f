package io.pgha.core.model;

/**
 * The number of a PostgreSQL timeline.
 *
 * @param number 1 or more; 0 stands for "not known", as in Patroni's member keys
 */
public record Timeline(int number) implements Comparable<Timeline> {
    /** The timeline is not known. */
    public static final Timeline UNKNOWN = new Timeline(0);

    /** The timeline of a freshly initialised cluster. */
    public static final Timeline FIRST = new Timeline(1);

    public Timeline {
        if (number < 0) {
            throw new IllegalArgumentException("a timeline is not negative: " + number);
        }
    }

    public boolean isKnown() {
        return number > 0;
    }

    public boolean isAfter(Timeline other) {
        return number > other.number;
    }

    @Override
    public int compareTo(Timeline other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
