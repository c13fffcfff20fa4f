package io.pgha.agent.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object a line (facts §2.9, {@code type: json}). */
final class JsonFormat extends LayoutBase<ILoggingEvent> {
    private static final List<String> DEFAULT = List.of("asctime", "levelname", "message");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> constants;
    private final LogTime time;
    private final Level tracebackLevel;

    /**
     * @param format fields, {@code field=name} where one is to be named otherwise; a text in Patroni's notation counts as the
     *     fields in it; empty: time, level and message
     * @param constants fields that are the same in each line
     */
    JsonFormat(List<String> format, Map<String, String> constants, LogTime time, Level tracebackLevel) {
        List<String> wanted = format.isEmpty() ? DEFAULT : format;
        for (String entry : wanted) {
            for (String word : entry.replaceAll("%\\((\\w+)\\)[-.0-9]*[sdfr]", " $1 ")
                    .trim()
                    .split("\\s+", -1)) {
                String[] pair = word.split("=", 2);
                fields.put(pair[0].replaceAll("\\W", ""), pair.length == 2 ? pair[1] : pair[0].replaceAll("\\W", ""));
            }
        }
        fields.remove("");
        this.constants = constants;
        this.time = time;
        this.tracebackLevel = tracebackLevel;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160).append('{');
        fields.forEach((field, name) -> put(line, name, LineFormat.field(field, event, time)));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            put(
                    line,
                    "exc_info",
                    event.getLevel().isGreaterOrEqual(tracebackLevel)
                            ? ThrowableProxyUtil.asString(thrown)
                            : thrown.getClassName() + ": " + thrown.getMessage());
        }
        constants.forEach((name, value) -> put(line, name, value));
        return line.append("}\n").toString();
    }

    private static void put(StringBuilder line, String name, String value) {
        JsonStringEncoder encoder = JsonStringEncoder.getInstance();
        if (line.length() > 1) {
            line.append(',');
        }
        line.append('"');
        encoder.quoteAsString(name, line);
        line.append("\":\"");
        encoder.quoteAsString(value, line);
        line.append('"');
    }
}
