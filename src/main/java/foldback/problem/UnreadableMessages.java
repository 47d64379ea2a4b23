package foldback.problem;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets a request that Netty cannot decode reach the routes, where {@link UnreadableRequests} refuses it, in its turn among those of its
 * connection. Vert.x answers it by itself without a word, and Quarkus lets no {@code invalidRequestHandler} in. Netty finds this class by
 * {@code META-INF/services} where the system property {@value #EXTENSIONS_SYSTEM_PROPERTY} is {@value #FROM_SERVICES}.
 */
public final class UnreadableMessages extends ChannelInitializerExtension {
    /** What switches Netty's extensions on. */
    public static final String FROM_SERVICES = "serviceload";

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.pipeline().addLast(new Waiting());
    }

    /**
     * Waits until Vert.x has decided by the first bytes which HTTP a connection speaks. Vert.x does so in the middle of a read, and
     * decodes the rest of it at once: hence these bytes are handed on one by one, up to the preface of HTTP/2 that it compares them with.
     */
    private static final class Waiting extends ChannelInboundHandlerAdapter {
        private static final int LONGEST_PREFACE = 24;

        private int handedOn;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            ByteBuf bytes = (ByteBuf) message;
            while (pipeline.context(HttpResponseEncoder.class) == null
                    && handedOn < LONGEST_PREFACE
                    && bytes.isReadable()) {
                handedOn++;
                context.fireChannelRead(bytes.readRetainedSlice(1));
            }
            ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
            if (encoder != null) {
                pipeline.addAfter(encoder.name(), null, new Relabelling());
            }
            if (encoder != null || handedOn == LONGEST_PREFACE) {
                pipeline.remove(this);
            }
            context.fireChannelRead(bytes);
        }
    }

    /** Stands behind the decoder. Nothing follows a request that could not be decoded: the decoder drops what still comes. */
    private static final class Relabelling extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!(message instanceof HttpRequest request)) {
                context.fireChannelRead(message);
            } else if (request.decoderResult().isFailure()) {
                DecoderResult result = new Routed(request.decoderResult().cause());
                ReferenceCountUtil.release(message);
                context.fireChannelRead(standIn(result));
                context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            } else {
                context.fireChannelRead(withoutOffer(request));
            }
        }

        /** An offer of HTTP/2 may be passed over. The management interface, where it cannot be switched off, would take it, or answer without a word. */
        private static HttpRequest withoutOffer(HttpRequest request) {
            if (request.headers().containsValue(HttpHeaderNames.UPGRADE, "h2c", true)) {
                request.headers().remove(HttpHeaderNames.UPGRADE);
            }
            return request;
        }

        /** Vert.x closes as soon as it has told of a body that cannot be decoded: what was answered then has to be out before. */
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            context.flush();
            var unused = context.close(promise);
        }

        /** A request with nothing of the undecodable one, the URL of which may hold a secret. */
        private static HttpRequest standIn(DecoderResult result) {
            HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
            request.headers().set(HttpHeaderNames.HOST, "localhost");
            request.setDecoderResult(result);
            return request;
        }
    }

    /** A failure that Vert.x takes for a success, so that it gives the request to the routes. */
    private static final class Routed extends DecoderResult {
        Routed(Throwable cause) {
            super(cause);
        }

        @Override
        public boolean isSuccess() {
            return true;
        }
    }
}
