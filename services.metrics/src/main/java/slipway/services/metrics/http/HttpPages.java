package slipway.services.metrics.http;

import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;

/** Serves pages by their paths. */
public final class HttpPages {

  private final Map<String, Page> pages;

  /**
   * Serves pages.
   *
   * @param pages by their paths, each of which begins with {@code /}
   */
  public HttpPages(Map<String, Page> pages) {
    this.pages = Map.copyOf(pages);
  }

  /**
   * Describes the handlers of a connection.
   *
   * @param handed what {@link #giveUp} gave; nothing for a new connection
   */
  public void describe(Connection connection, Handed handed, Handlers handlers) {
    handlers
        .add("decoder", RequestDecoder::new)
        .add("encoder", HttpResponseEncoder::new)
        .add("requests", () -> new Requests(connection, pages, handed));
  }

  /** Gives a connection up between two requests. */
  public CompletionStage<Handed> giveUp(Connection connection) {
    Requests requests = connection.channel().pipeline().get(Requests.class);
    return requests == null
        ? CompletableFuture.completedFuture(Handed.nothing())
        : requests.giveUp();
  }
}
