package io.pgha.core.view;

import io.pgha.core.model.JobOutcome;
import io.pgha.core.model.JobStatus;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Job as it is shown over REST and in the member key. */
public final class JobView {
    private JobView() {}

    /** Kind and progress in words; for a copy also {@code bytes_done}, {@code bytes_total} and {@code seconds_left}, where known. */
    public static Map<String, Object> of(JobStatus.Running job) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("kind", job.kind().words());
        shown.put("progress", job.progress());
        job.bytes().ifPresent(bytes -> {
            shown.put("bytes_done", bytes.done());
            bytes.total().ifPresent(total -> shown.put("bytes_total", total));
            bytes.left().ifPresent(left -> shown.put("seconds_left", left.toSeconds()));
        });
        return shown;
    }

    /** How it ended, in words, and when; an operator's tool tells two of a kind apart by the time. */
    public static Map<String, Object> of(JobOutcome outcome) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("outcome", outcome.job().ending().word());
        shown.put("message", outcome.job().message());
        shown.put("at", outcome.at().truncatedTo(ChronoUnit.MILLIS).toString());
        return shown;
    }
}
