package slipway.services.world;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits, in a thread that may be blocked: one of {@link slipway.world.WorldContext#async}. */
final class Blocking {

  private Blocking() {}

  /**
   * Waits until a stage is completed.
   *
   * @throws Exception as what it has failed, or if the thread is interrupted
   */
  static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }
}
