package slipway.services.metrics.http;

import static io.netty.handler.codec.http.HttpHeaderNames.ACCEPT;
import static io.netty.handler.codec.http.HttpHeaderNames.ACCEPT_ENCODING;
import static io.netty.handler.codec.http.HttpResponseStatus.INTERNAL_SERVER_ERROR;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_TIMEOUT;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Handed;

/**
 * Answers the requests of one connection, one after the other.
 *
 * <pre>
 *  WAITING ──request──▶ ANSWERING ──answered──▶ WAITING
 *     └───── refused, or the last answer ──────▶ ENDED: what still comes is dropped
 * </pre>
 *
 * Belongs to the connection's event loop.
 */
final class Requests extends SimpleChannelInboundHandler<HttpObject> {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  /** How long a client that was refused may take to read why, before its socket is closed. */
  private static final int LINGER_SECONDS = 1;

  private static final String ENDED = "ended";

  private enum Stage {
    WAITING,
    ANSWERING,
    ENDED
  }

  private final Connection connection;
  private final Map<String, Page> pages;
  private Stage stage;
  private HttpRequest request;
  private boolean lastOne;
  private boolean inputEnded;

  /** Null unless another version is to have the connection. */
  private CompletableFuture<Handed> givenUp;

  /** Null unless the connection is being closed. */
  private Future<?> end;

  /**
   * Continues where another version was.
   *
   * @param handed what {@link #giveUp} gave; nothing for a new connection
   */
  Requests(Connection connection, Map<String, Page> pages, Handed handed) {
    this.connection = connection;
    this.pages = pages;
    this.stage = handed.flag(ENDED) ? Stage.ENDED : Stage.WAITING;
  }

  /** Completed between two requests: another version may have the connection then. */
  CompletionStage<Handed> giveUp() {
    givenUp = new CompletableFuture<>();
    giveUpIfIdle();
    return givenUp;
  }

  private void giveUpIfIdle() {
    if (givenUp != null && stage != Stage.ANSWERING && request == null) {
      givenUp.complete(stage == Stage.ENDED ? Handed.of(Map.of(ENDED, true)) : Handed.nothing());
    }
  }

  /** Whether it is no longer this version's; a wait that was cancelled leaves it here. */
  private boolean isGivenUp() {
    return givenUp != null && givenUp.isDone() && !givenUp.isCancelled();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (stage == Stage.ENDED) {
      linger(context);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (end != null) {
      end.cancel(false);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (stage != Stage.WAITING) {
      return;
    }
    if (part instanceof HttpRequest begun) {
      request = begun;
      Optional<Reply> refused = Refusals.of(begun);
      if (refused.isPresent()) {
        refuse(context, refused.get());
        return;
      }
    }
    if (part instanceof LastHttpContent) {
      serve(context);
    }
  }

  private void serve(ChannelHandlerContext context) {
    String target = path(request.uri());
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Page page = pages.get(path);
    if (page == null) {
      answer(
          context,
          Reply.text(
              NOT_FOUND,
              "nothing is here; there is "
                  + String.join(", ", new TreeSet<>(pages.keySet()))
                  + "\n"));
    } else if (!isRead(request.method())) {
      Reply refused = Reply.text(METHOD_NOT_ALLOWED, "allowed are GET and HEAD\n");
      answer(
          context,
          new Reply(
              refused.status(),
              Map.of("content-type", "text/plain; charset=utf-8", "allow", "GET, HEAD"),
              refused.body()));
    } else {
      ask(context, page, mark < 0 ? "" : target.substring(mark + 1));
    }
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  /** The path and the query of a target, also if it is that for a proxy, with scheme and host. */
  private static String path(String target) {
    int host = target.indexOf("://");
    if (target.startsWith("/") || host < 0) {
      return target;
    }
    int path = target.indexOf('/', host + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  private void ask(ChannelHandlerContext context, Page page, String query) {
    stage = Stage.ANSWERING;
    decoder(context).hold();
    connection.reads(false);
    Request asked =
        new Request(
            query,
            Preferences.of(request.headers().getAll(ACCEPT)),
            Preferences.of(request.headers().getAll(ACCEPT_ENCODING)),
            context.alloc());
    page.get(asked)
        .whenComplete(
            (reply, failed) -> {
              Reply answer = failed == null ? reply : failure(failed);
              try {
                context.executor().execute(() -> answered(context, answer));
              } catch (RejectedExecutionException over) {
                answer.body().release();
              }
            });
  }

  private Reply failure(Throwable cause) {
    LOG.error("{}: {} could not be answered", connection, request.uri(), cause);
    return Reply.text(INTERNAL_SERVER_ERROR, "the answer could not be made; the log has why\n");
  }

  private static RequestDecoder decoder(ChannelHandlerContext context) {
    return context.pipeline().get(RequestDecoder.class);
  }

  private void answered(ChannelHandlerContext context, Reply reply) {
    if (stage != Stage.ANSWERING || context.isRemoved()) {
      reply.body().release();
      return;
    }
    stage = Stage.WAITING;
    connection.reads(true);
    answer(context, reply);
    context.flush();
    if (stage == Stage.WAITING && !isGivenUp()) {
      goOn(context);
    }
  }

  private void goOn(ChannelHandlerContext context) {
    try {
      RequestDecoder decoder = decoder(context);
      decoder.release(context.pipeline().context(decoder));
      context.flush();
    } catch (Exception failed) {
      context.fireExceptionCaught(failed);
    }
  }

  /** Writes an answer; the connection ends if it is the last one. */
  private void answer(ChannelHandlerContext context, Reply reply) {
    lastOne |= request == null || inputEnded || !HttpUtil.isKeepAlive(request);
    context.write(Responses.of(request, reply, lastOne));
    request = null;
    if (lastOne) {
      stage = Stage.ENDED;
      context.flush();
      connection.finish();
    }
    giveUpIfIdle();
  }

  /**
   * Writes the last answer. A socket that is closed with unread input resets the connection, and
   * the client may lose the answer: so what still comes is read and dropped until the client has
   * had the time to see that this was the last one.
   */
  private void refuse(ChannelHandlerContext context, Reply reply) {
    context.writeAndFlush(Responses.of(request, reply, true));
    request = null;
    stage = Stage.ENDED;
    linger(context);
    giveUpIfIdle();
  }

  private void linger(ChannelHandlerContext context) {
    end = context.executor().schedule(connection::finish, LINGER_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == RequestDecoder.TooSlow.TOO_SLOW) {
      if (stage == Stage.WAITING) {
        refuse(
            context,
            Reply.text(
                REQUEST_TIMEOUT,
                "a request is complete within " + RequestDecoder.SECONDS + " seconds\n"));
      }
    } else if (event instanceof ChannelInputShutdownEvent && stage == Stage.ANSWERING) {
      inputEnded = true; // the client still reads
    } else {
      if (event instanceof GoingAway) {
        lastOne = true;
        if (stage == Stage.WAITING && request == null) {
          connection.finish();
        }
      }
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
    context.fireChannelReadComplete();
  }
}
