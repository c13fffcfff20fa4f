package io.pgha.sim.planted;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;

/** A port with something between it and its caller. */
public final class Interposed {
    /** What happens instead of a call. */
    @FunctionalInterface
    public interface Twist {
        Object call(Call call) throws Throwable;
    }

    /** A call that was made. */
    public record Call(Object target, Method method, List<Object> args) {
        public boolean is(String... names) {
            for (String name : names) {
                if (method.getName().equals(name)) {
                    return true;
                }
            }
            return false;
        }

        /** Does what was asked for. */
        public Object proceed() throws Throwable {
            return with(args.toArray());
        }

        /** Does it with other arguments. */
        public Object with(Object... others) throws Throwable {
            try {
                return method.invoke(target, others);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private Interposed() {}

    static <T> T on(Class<T> port, T inner, Twist twist) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, args) ->
                        twist.call(new Call(inner, method, args == null ? List.of() : Arrays.asList(args)))));
    }
}
