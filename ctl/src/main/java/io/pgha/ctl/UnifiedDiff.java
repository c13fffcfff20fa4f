package io.pgha.ctl;

import java.util.ArrayList;
import java.util.List;

/** The difference between two texts as {@code diff -u} shows it, with three lines around each change. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;

    /**
     * One line of the comparison.
     *
     * @param mark blank, {@code -} or {@code +}
     * @param text the line
     * @param before lines of the old text that come before it
     * @param after lines of the new text that come before it
     */
    private record Line(char mark, String text, int before, int after) {
        boolean changed() {
            return mark != ' ';
        }
    }

    private UnifiedDiff() {}

    /** Lines with line breaks; empty text when nothing differs. */
    static String of(String before, String after) {
        List<Line> lines = compare(before.lines().toList(), after.lines().toList());
        StringBuilder out = new StringBuilder();
        int next = 0;
        while (next < lines.size()) {
            if (!lines.get(next).changed()) {
                next++;
                continue;
            }
            int from = Math.max(0, next - CONTEXT);
            int last = next;
            for (int i = next; i < lines.size() && i <= last + 2 * CONTEXT; i++) {
                last = lines.get(i).changed() ? i : last;
            }
            int to = Math.min(lines.size(), last + CONTEXT + 1);
            if (out.isEmpty()) {
                out.append("--- \n+++ \n");
            }
            hunk(lines.subList(from, to), out);
            next = to;
        }
        return out.toString();
    }

    private static void hunk(List<Line> lines, StringBuilder out) {
        long removed = lines.stream().filter(line -> line.mark() != '+').count();
        long added = lines.stream().filter(line -> line.mark() != '-').count();
        out.append("@@ -").append(range(lines.get(0).before(), removed));
        out.append(" +").append(range(lines.get(0).after(), added)).append(" @@\n");
        lines.forEach(line -> out.append(line.mark()).append(line.text()).append('\n'));
    }

    private static String range(int linesBefore, long count) {
        long first = count == 0 ? linesBefore : linesBefore + 1L;
        return count == 1 ? String.valueOf(first) : first + "," + count;
    }

    /** By the longest common subsequence: configurations are short. */
    private static List<Line> compare(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                lines.add(new Line(' ', old.get(i), i++, j++));
            } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', old.get(i), i++, j));
            } else {
                lines.add(new Line('+', now.get(j), i, j++));
            }
        }
        return lines;
    }
}
