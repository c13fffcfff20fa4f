package io.pgha.ctl.table;

/**
 * One column of a table.
 *
 * @param name key in the machine formats
 * @param title heading in the text format
 * @param alignment of heading and cells in the text format
 */
public record Column(String name, String title, Alignment alignment) {
    /** Where a cell's text goes. */
    public enum Alignment {
        LEFT,
        RIGHT
    }

    static Column left(String name) {
        return new Column(name, name, Alignment.LEFT);
    }

    static Column right(String name) {
        return new Column(name, name, Alignment.RIGHT);
    }

    Column titled(String otherTitle) {
        return new Column(name, otherTitle, alignment);
    }
}
