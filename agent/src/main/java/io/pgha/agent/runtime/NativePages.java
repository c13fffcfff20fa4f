package io.pgha.agent.runtime;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory outside the heap: what malloc(3) keeps for later, and the pages of mapped files (the JVM's library, its class
 * archive) that were used at the start. The latter stay in the kernel's page cache, and come back by themselves with their
 * next use.
 */
final class NativePages {
    private static final Logger LOG = LoggerFactory.getLogger(NativePages.class);
    private static final Path SMAPS = Path.of("/proc/self/smaps");
    private static final int MADV_DONTNEED = 4;
    private static final boolean AVAILABLE = load();

    private NativePages() {}

    /** Gives back what can be given back here; nothing depends on it. */
    static void giveBack() {
        if (!AVAILABLE) {
            return;
        }
        int trimmed = malloc_trim(0);
        int refused = 0;
        List<CleanMappings.Range> clean = cleanMappings();
        for (CleanMappings.Range range : clean) {
            refused += madvise(range.address(), range.bytes(), MADV_DONTNEED) == 0 ? 0 : 1;
        }
        LOG.debug("memory given back: malloc_trim {}, {} mappings, {} refused", trimmed, clean.size(), refused);
    }

    private static List<CleanMappings.Range> cleanMappings() {
        try (Stream<String> lines = Files.lines(SMAPS)) {
            return CleanMappings.in(lines);
        } catch (IOException e) {
            LOG.debug("{} cannot be read", SMAPS, e);
            return List.of();
        }
    }

    /** Not with musl, which has no malloc_trim, nor where JNA cannot be loaded. */
    private static boolean load() {
        try {
            Native.register(NativePages.class, "c");
            return Native.POINTER_SIZE == Long.BYTES;
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            LOG.debug("memory outside the heap is kept", e);
            return false;
        }
    }

    private static native int malloc_trim(long keep);

    private static native int madvise(long address, long bytes, int advice);
}
