package slipway.services.metrics.http;

import java.util.concurrent.CompletionStage;

/** What is at a path. */
@FunctionalInterface
public interface Page {

  /**
   * Answers a request. Called in the connection's event loop, which it must not block.
   *
   * @return the answer, completed in any thread; if it fails, the client is told 500
   */
  CompletionStage<Reply> get(Request request);
}
