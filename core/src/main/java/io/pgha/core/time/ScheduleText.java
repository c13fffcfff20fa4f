package io.pgha.core.time;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as operators write it for a switchover: ISO 8601, with a blank in place of the {@code T} if they like.
 *
 * @param local date and time of day
 * @param zone the offset, when it was written
 */
public record ScheduleText(LocalDateTime local, Optional<ZoneOffset> zone) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)"
                    + " ?(Z|UTC|[+-]\\d\\d(?::?\\d\\d)?)?");
    private static final DateTimeFormatter WHOLE_SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final DateTimeFormatter WITH_FRACTION =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    /** Empty when the text is no such time. */
    public static Optional<ScheduleText> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.parse(form.group(1) + "T" + form.group(2));
            return Optional.of(
                    new ScheduleText(local, Optional.ofNullable(form.group(3)).map(ScheduleText::offset)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ZoneOffset offset(String written) {
        return written.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(written);
    }

    /** As it stands in the key {@code failover}: {@code 2099-01-01T00:00:00+00:00}, with microseconds where there are any. */
    public static String write(OffsetDateTime time) {
        return (time.getNano() < 1000 ? WHOLE_SECONDS : WITH_FRACTION).format(time);
    }
}
