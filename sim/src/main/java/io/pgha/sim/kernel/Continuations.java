package io.pgha.sim.kernel;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Carriers made of what virtual threads are made of: going on costs a fraction of a hand-over between threads. It is no
 * public part of Java: 21 and newer have it, opened by {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED}.
 *
 * <p>All code runs on one thread, so that a lock held over a pause keeps nobody out: {@link ThreadCarriers} notice that.
 */
final class Continuations implements Carriers {
    private static final @Nullable Api API = Api.find();

    /** Whether this Java has them. */
    static boolean areHere() {
        return API != null;
    }

    @Override
    public Carrier carry(Runnable code) {
        return new One(api().made(code));
    }

    @Override
    public void close() {
        // Nothing is kept: one that has ended is garbage.
    }

    private static Api api() {
        return Objects.requireNonNull(API, "this Java has no continuations");
    }

    private record One(Object continuation) implements Carrier {
        @Override
        public void run() {
            api().run(continuation);
        }

        @Override
        public void pause() {
            api().pause();
        }
    }

    /**
     * Java's continuations, as far as they are used.
     *
     * @param make (Runnable)Object: {@code new Continuation(scope, code)}
     * @param run (Object)void
     * @param yield ()boolean
     */
    private record Api(MethodHandle make, MethodHandle run, MethodHandle yield) {
        static @Nullable Api find() {
            try {
                Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
                Class<?> type = Class.forName("jdk.internal.vm.Continuation");
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                Object ours = scope.getConstructor(String.class).newInstance("pgha");
                return new Api(
                        lookup.findConstructor(type, methodType(void.class, scope, Runnable.class))
                                .bindTo(ours)
                                .asType(methodType(Object.class, Runnable.class)),
                        lookup.findVirtual(type, "run", methodType(void.class))
                                .asType(methodType(void.class, Object.class)),
                        lookup.findStatic(type, "yield", methodType(boolean.class, scope))
                                .bindTo(ours));
            } catch (ReflectiveOperationException absent) {
                return null;
            }
        }

        Object made(Runnable code) {
            try {
                return (Object) make.invokeExact(code);
            } catch (Throwable impossible) {
                throw failed(impossible);
            }
        }

        void run(Object continuation) {
            try {
                run.invokeExact(continuation);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }

        void pause() {
            try {
                if (!(boolean) yield.invokeExact()) {
                    throw new IllegalStateException("it cannot pause here");
                }
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }

        /** Neither declares an exception. */
        private static RuntimeException failed(Throwable thrown) {
            if (thrown instanceof Error error) {
                throw error;
            }
            return thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
        }
    }
}
