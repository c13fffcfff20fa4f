package io.pgha.postgres.rewind;

/** Placeholders of {@code archive_command} and {@code restore_command}. */
final class WalCommand {
    /** Says that nothing older is needed any more: nothing is older than this. */
    private static final String OLDEST = "000000010000000000000001";

    private WalCommand() {}

    /**
     * Replaces {@code %p}, {@code %f}, {@code %r} and {@code %%}; anything else stays.
     *
     * @param path for {@code %p}
     * @param file for {@code %f}, a WAL file's name: harmless in a shell
     */
    static String expand(String command, String path, String file) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c != '%' || i + 1 == command.length()) {
                text.append(c);
                continue;
            }
            char placeholder = command.charAt(++i);
            switch (placeholder) {
                case 'p' -> text.append(path);
                case 'f' -> text.append(file);
                case 'r' -> text.append(OLDEST);
                case '%' -> text.append('%');
                default -> text.append(c).append(placeholder);
            }
        }
        return text.toString();
    }
}
