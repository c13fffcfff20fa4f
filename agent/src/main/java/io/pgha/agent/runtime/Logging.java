package io.pgha.agent.runtime;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.pgha.config.LogConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Sets Logback up by hand: reading XML would cost more memory than the log itself.
 *
 * <p>Lines are written by a thread of their own and are dropped, never waited for, when stderr or the disk does not take them:
 * the loop must not hang on its log.
 */
final class Logging {
    /** Libraries that tell more than an operator wants; {@code log.loggers} overrules. */
    private static final List<String> QUIET =
            List.of("io.grpc", "io.netty", "io.vertx", "io.etcd", "org.eclipse.jetty", "io.javalin");

    /** Their warnings are about what the agent itself notices and says better. */
    private static final List<String> SILENT = List.of("com.zaxxer.hikari");

    private final LoggerContext context;

    private Logging(LoggerContext context) {
        this.context = context;
    }

    /** Takes over the logging of this process; until {@link #apply} plain lines go to stderr from INFO on. */
    static Logging start() {
        System.setProperty(BareLogging.PROPERTY, "true");
        Logging logging = new Logging((LoggerContext) LoggerFactory.getILoggerFactory());
        LineFormat layout = new LineFormat(
                LineFormat.DEFAULT, LogTime.of(java.util.Optional.empty(), ZoneId.systemDefault()), Level.ERROR);
        logging.context.reset();
        logging.install(logging.console(layout), 1000);
        logging.levels(Level.INFO, Map.of());
        return logging;
    }

    /**
     * Makes the configuration the current one; also at a reload.
     *
     * @throws IOException when the log file cannot be written; the previous logging stays
     */
    void apply(LogConfig config) throws IOException {
        LogTime time = LogTime.of(config.dateformat(), ZoneId.systemDefault());
        Level tracebacks = level(config.tracebackLevel());
        Layout<ILoggingEvent> layout = switch (config.type()) {
            case PLAIN ->
                new LineFormat(
                        config.format().isEmpty() ? LineFormat.DEFAULT : String.join(" ", config.format()),
                        time,
                        tracebacks);
            case JSON -> new JsonFormat(config.format(), config.staticFields(), time, tracebacks);
        };
        if (config.file().isPresent()) {
            prepare(config.file().get());
        }
        context.reset();
        layout.setContext(context);
        layout.start();
        install(config.file().map(file -> file(file, layout)).orElseGet(() -> console(layout)), config.maxQueueSize());
        levels(level(config.level()), config.loggers());
    }

    /** Writes what still waits, for a second at most. */
    void flush() {
        context.stop();
    }

    private void install(OutputStreamAppender<ILoggingEvent> target, int queueSize) {
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(context);
        queue.setQueueSize(Math.max(1, queueSize));
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(1000);
        queue.addAppender(target);
        queue.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(queue);
    }

    private void levels(Level root, Map<String, String> loggers) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(root);
        QUIET.forEach(name -> context.getLogger(name).setLevel(root.isGreaterOrEqual(Level.WARN) ? root : Level.WARN));
        SILENT.forEach(
                name -> context.getLogger(name).setLevel(root.isGreaterOrEqual(Level.INFO) ? Level.ERROR : root));
        loggers.forEach((name, level) -> context.getLogger(name).setLevel(level(level)));
    }

    private OutputStreamAppender<ILoggingEvent> console(Layout<ILoggingEvent> layout) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        return started(console, layout);
    }

    private OutputStreamAppender<ILoggingEvent> file(LogConfig.LogFile config, Layout<ILoggingEvent> layout) {
        String name = path(config).toString();
        if (config.generations() <= 0) {
            FileAppender<ILoggingEvent> file = new FileAppender<>();
            file.setFile(name);
            return started(file, layout);
        }
        ModedLogFile file = new ModedLogFile(config.mode().map(Logging::permissions));
        file.setFile(name);
        FixedWindowRollingPolicy generations = new FixedWindowRollingPolicy();
        generations.setContext(context);
        generations.setParent(file);
        generations.setFileNamePattern(name.replace("%", "\\%") + ".%i");
        generations.setMinIndex(1);
        generations.setMaxIndex(config.generations());
        generations.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        // A look at the file's size for every line: there are few of them, and a minute's blindness could fill a disk.
        size.setCheckIncrement(Duration.buildByMilliseconds(0));
        size.setMaxFileSize(new FileSize(config.size()));
        size.start();
        file.setRollingPolicy(generations);
        file.setTriggeringPolicy(size);
        return started(file, layout);
    }

    private OutputStreamAppender<ILoggingEvent> started(
            OutputStreamAppender<ILoggingEvent> appender, Layout<ILoggingEvent> layout) {
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static Path path(LogConfig.LogFile config) {
        // Patroni's name, because log shippers are configured for it (facts §2.9).
        return config.directory().resolve("patroni.log").toAbsolutePath();
    }

    private static void prepare(LogConfig.LogFile config) throws IOException {
        Path file = path(config);
        Files.createDirectories(config.directory());
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        if (!Files.isWritable(file)) {
            throw new IOException(
                    "log file " + file + " is not writable for the user " + System.getProperty("user.name"));
        }
        if (config.mode().isPresent()) {
            Files.setPosixFilePermissions(file, permissions(config.mode().get()));
        }
    }

    /** @param mode as chmod takes it */
    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> result = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromOwnerRead = PosixFilePermission.values();
        for (int bit = 0; bit < fromOwnerRead.length; bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                result.add(fromOwnerRead[bit]);
            }
        }
        return result;
    }

    private static Level level(String name) {
        return switch (name) {
            case "DEBUG" -> Level.DEBUG;
            case "WARNING", "WARN" -> Level.WARN;
            case "ERROR", "CRITICAL", "FATAL" -> Level.ERROR;
            default -> Level.INFO;
        };
    }
}
