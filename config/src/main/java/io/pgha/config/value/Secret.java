package io.pgha.config.value;

/**
 * A password or the like. It does not print itself: whoever needs the text must ask for it by name.
 *
 * @param revealed the text itself, never to be logged
 */
public record Secret(String revealed) {

    /** A fixed text that tells nothing, not even the length. */
    @Override
    public String toString() {
        return "********";
    }
}
