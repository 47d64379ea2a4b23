package foldback.ops;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose next request has not wholly arrived in time. The timeouts of the server know silence only: who sends a byte a
 * second is never silent, while a long question is. So it looks at every connection each second; one that is being answered is left alone.
 */
@Singleton
final class OverdueSenders {
    private static final int BEFORE_ALL_OTHERS = -3000;
    private static final long LOOK_EVERY_MILLIS = 1000;
    private static final AttributeKey<Turn> TURN = AttributeKey.valueOf(OverdueSenders.class, "turn");

    private final Vertx vertx;
    private final Duration limit;

    OverdueSenders(Vertx vertx, ConnectionConfig config) {
        this.vertx = vertx;
        this.limit = config.patience();
    }

    /** Whose turn it is on a connection. Seen by its event loop only. */
    private static final class Turn {
        private @Nullable HttpServerRequest request;
        private long sendersSince = System.nanoTime();

        boolean isSenders() {
            return request == null || !hasArrived(request);
        }

        /** The end of a request without a body is seen by nobody where whoever answers does not read it. */
        private static boolean hasArrived(HttpServerRequest request) {
            return request.isEnded() || !carriesBody(request);
        }

        private static boolean carriesBody(HttpServerRequest request) {
            String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
            return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
        }

        /** An answer that has ended gives the turn back. */
        void look(long now) {
            if (request != null && hasArrived(request) && request.response().ended()) {
                request = null;
                sendersSince = now;
            }
        }
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(OverdueSenders::begin);
    }

    private static void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.connection() instanceof ConnectionBase connection) {
            Turn turn = turn(connection.channel());
            if (turn.request != null) {
                turn.sendersSince = System.nanoTime();
            }
            turn.request = request;
        }
        context.next();
    }

    private static Turn turn(Channel channel) {
        Turn known = channel.attr(TURN).get();
        if (known != null) {
            return known;
        }
        Turn first = new Turn();
        channel.attr(TURN).set(first);
        return first;
    }

    void start(@Observes StartupEvent event) {
        long unused = vertx.setPeriodic(LOOK_EVERY_MILLIS, timer -> {
            for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
                loop.execute(() -> look((SingleThreadEventLoop) loop));
            }
        });
    }

    private void look(SingleThreadEventLoop loop) {
        long now = System.nanoTime();
        for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
            Channel channel = channels.next();
            if (channel.parent() instanceof ServerChannel) {
                Turn turn = turn(channel);
                turn.look(now);
                if (turn.isSenders() && now - turn.sendersSince > limit.toNanos()) {
                    var unused = channel.close();
                }
            }
        }
    }
}
