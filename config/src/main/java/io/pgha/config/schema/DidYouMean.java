package io.pgha.config.schema;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class DidYouMean {

    private DidYouMean() {}

    /** The known name that is nearest to the written one, if one is near enough. */
    static Optional<String> among(Collection<String> known, String written) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(candidate, written);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return least <= tolerance(written) ? Optional.of(best) : Optional.empty();
    }

    // One mistake in a short word, three in a long one; below three letters everything resembles everything.
    private static int tolerance(String written) {
        int length = written.length();
        return length < 3 ? 0 : length < 7 ? 1 : length < 13 ? 2 : 3;
    }

    /** Edits from one to the other; words in another order ({@code min_log_message}) and dashes cost nothing. */
    static int distance(String one, String other) {
        String left = one.toLowerCase(Locale.ROOT).replace('-', '_');
        String right = other.toLowerCase(Locale.ROOT).replace('-', '_');
        return Math.min(edits(left, right), edits(sortedWords(left), sortedWords(right)));
    }

    private static String sortedWords(String name) {
        String[] words = name.split("_", -1);
        Arrays.sort(words);
        return String.join("_", words);
    }

    // Optimal string alignment: insert, delete, replace, swap two neighbours.
    private static int edits(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 4 || a.length() > 100) {
            return Integer.MAX_VALUE;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
