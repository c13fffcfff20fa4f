package io.pgha.restapi;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Disconnects clients that have not completed a first request some time after they connected, however steadily they
 * drip: an idle time-out alone is kept off for ever by one byte every nine seconds.
 */
final class SlowClients extends AbstractLifeCycle {
    private static final long PERIOD_SECONDS = 5;
    private static final long PATIENCE_MILLIS = 20_000;

    private final ServerConnector connector;
    private Scheduler.@Nullable Task next;

    SlowClients(ServerConnector connector) {
        this.connector = connector;
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        Scheduler.Task task = next;
        if (task != null) {
            task.cancel();
        }
    }

    private void schedule() {
        next = connector.getScheduler().schedule(this::sweep, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void sweep() {
        long now = System.currentTimeMillis();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            Connection connection = endPoint.getConnection();
            boolean asked = connection != null && connection.getMessagesIn() > 0;
            if (!asked && now - endPoint.getCreatedTimeStamp() > PATIENCE_MILLIS) {
                endPoint.close();
            }
        }
        if (isRunning()) {
            schedule();
        }
    }
}
