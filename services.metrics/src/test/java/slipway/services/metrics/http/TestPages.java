package slipway.services.metrics.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;

/** A service with some pages: one that answers at once, one when it is told to, one that fails. */
final class TestPages implements PipelineService {

  private final HttpPages pages =
      new HttpPages(Map.of("/page", this::page, "/later", this::later, "/fails", this::fails));
  private CompletableFuture<Reply> pending = new CompletableFuture<>();
  private int asked;

  private CompletionStage<Reply> page(Request request) {
    asked++;
    return CompletableFuture.completedFuture(
        Reply.text(HttpResponseStatus.OK, "page " + request.query() + "\n"));
  }

  private CompletionStage<Reply> later(Request request) {
    asked++;
    pending = new CompletableFuture<>();
    return pending;
  }

  private CompletionStage<Reply> fails(Request request) {
    return CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
  }

  void completes(String text) {
    pending.complete(Reply.text(HttpResponseStatus.OK, text));
  }

  /** How many requests have come to a page. */
  int asked() {
    return asked;
  }

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    pages.describe(connection, handed, handlers);
  }

  @Override
  public CompletionStage<Handed> giveUp(Connection connection) {
    return pages.giveUp(connection);
  }
}
