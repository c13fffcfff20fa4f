package io.pgha.agent.event;

import io.pgha.agent.port.Events;
import io.pgha.core.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The last thousand events, in memory. Whoever is to keep them longer is told of each. Thread-safe. */
public final class EventLog implements Events {
    /** So many are kept. */
    public static final int MOST = 1000;

    private final Deque<Event> events = new ArrayDeque<>();
    private final String member;
    private final Consumer<Event> sink;
    private long lastNumber;
    private long revision;

    /**
     * @param member whose events they are
     * @param sink told of each event, anew when it says more; must return at once
     */
    public EventLog(String member, Consumer<Event> sink) {
        this.member = member;
        this.sink = sink;
    }

    /** Takes over what an earlier agent kept, oldest first; to be called before anything is added. */
    public synchronized void restore(Collection<Event> earlier) {
        earlier.forEach(this::append);
    }

    @Override
    public synchronized long add(Event event) {
        Event newest = events.peekLast();
        if (newest != null && event.repeats(newest)) {
            events.removeLast();
            append(event.after(newest));
        } else {
            append(event.keptAs(member, lastNumber + 1));
        }
        told();
        return lastNumber;
    }

    @Override
    public synchronized void change(long number, UnaryOperator<Event> more) {
        Deque<Event> newer = new ArrayDeque<>();
        while (!events.isEmpty() && events.getLast().number() > number) {
            newer.push(events.removeLast());
        }
        Event found = events.peekLast();
        if (found != null && found.number() == number) {
            events.removeLast();
            events.addLast(more.apply(found));
            told();
        }
        events.addAll(newer);
    }

    @Override
    public synchronized List<Event> last(int most) {
        List<Event> newest = new ArrayList<>();
        Iterator<Event> backwards = events.descendingIterator();
        while (backwards.hasNext() && newest.size() < most) {
            newest.add(0, backwards.next());
        }
        return newest;
    }

    @Override
    public synchronized long revision() {
        return revision;
    }

    private void append(Event event) {
        events.addLast(event);
        lastNumber = Math.max(lastNumber, event.number());
        if (events.size() > MOST) {
            events.removeFirst();
        }
    }

    private void told() {
        revision++;
        sink.accept(events.getLast());
    }
}
