package io.pgha.core.event;

/**
 * How one member stood in an election, as the member saw it whose event this is.
 *
 * @param member its name
 * @param fit whether it could have led
 * @param reason why, or why not
 */
public record Candidacy(String member, boolean fit, String reason) {
    private static final int LONGEST = 240;

    public Candidacy {
        member = Shorten.to(LONGEST, member);
        reason = Shorten.to(LONGEST, reason);
    }
}
