package io.pgha.agent.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles signals in place of the JVM, whose own answer to SIGTERM would be its shutdown hooks in parallel with everything.
 *
 * <p>{@code sun.misc.Signal} is reached through method handles: it is supported (module jdk.unsupported), but naming it gives a
 * compiler warning that cannot be switched off.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /**
     * Runs the action, on a thread of the JVM, whenever the signal arrives.
     *
     * @param name without {@code SIG}
     */
    static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle create = lookup.findConstructor(signal, MethodType.methodType(void.class, String.class));
            MethodHandle install = lookup.findStatic(signal, "handle", MethodType.methodType(handler, signal, handler));
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        // Also called with hashCode, equals and toString.
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "equals" -> proxy == (arguments == null ? null : arguments[0]);
                            default -> "handler of SIG" + name;
                        };
                    });
            install.invoke(create.invoke(name), ours);
        } catch (Throwable e) {
            LOG.error("SIG{} cannot be handled on this Java runtime: {}", name, e.toString());
        }
    }
}
