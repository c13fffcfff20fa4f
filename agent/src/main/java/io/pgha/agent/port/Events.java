package io.pgha.agent.port;

import io.pgha.core.event.Event;
import java.util.List;
import java.util.function.UnaryOperator;

/** Keeps what happened, so that one can ask afterwards. Any thread; returns at once, and loses events rather than to wait. */
public interface Events {
    /**
     * Keeps one. One that tells the same as the newest is counted with it.
     *
     * @param event whatever number it has, it gets the next one
     * @return its number
     */
    long add(Event event);

    /** Has an event that is still kept say more. */
    void change(long number, UnaryOperator<Event> more);

    /** The newest, oldest first. */
    List<Event> last(int most);

    /** Higher after each change. */
    long revision();
}
