package slipway.services.chat.session;

import io.netty.channel.ChannelHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;

/**
 * A version of the chat as the host of one {@link TestUser} knows it. A test can keep what it gives
 * to the next version, look at it, and give that one something else.
 */
final class ServedChat implements PipelineService {

  private final TestUser user;
  private final TestChat chat;
  private final CompletableFuture<Map<String, Object>> given = new CompletableFuture<>();

  /** Done when what is given goes on to the next version. */
  private CompletableFuture<Void> released = CompletableFuture.completedFuture(null);

  /** What it takes up in place of what it was given; null if that is the same. */
  private Map<String, Object> instead;

  private boolean lacksAHandler;

  ServedChat(TestUser user, TestChat chat) {
    this.user = user;
    this.chat = chat;
  }

  /** What it gives is kept until {@link #release}. */
  CompletableFuture<Map<String, Object>> keep() {
    released = new CompletableFuture<>();
    return given;
  }

  void release() {
    released.complete(null);
  }

  /** Takes this up, and not what it is given. */
  void takesInstead(Map<String, Object> state) {
    instead = state;
  }

  /** One of its handlers cannot be made. */
  void lacksAHandler() {
    lacksAHandler = true;
  }

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    user.servedBy(this);
    Handed taken = instead == null ? handed : Handed.of(instead).from(handed.from());
    SessionHandler.describe(chat.chat, connection, taken, handlers);
    if (lacksAHandler) {
      handlers.add("lacking", ServedChat::cannotBeMade);
    }
  }

  private static ChannelHandler cannotBeMade() {
    throw new IllegalStateException("it cannot be made");
  }

  @Override
  public CompletionStage<Handed> giveUp(Connection connection) {
    CompletionStage<Handed> stage =
        connection.channel().pipeline().get(SessionHandler.class).giveUp();
    stage.whenComplete(
        (handed, kept) -> {
          if (kept == null) {
            given.complete(handed.toMap());
          } else {
            given.completeExceptionally(kept);
          }
        });
    return released.isDone()
        ? stage // which the host cancels when it has waited too long
        : stage.thenCombine(released, (handed, now) -> handed);
  }
}
