package slipway.examples.loud;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.HandOff;
import slipway.service.MessageCodec;
import slipway.service.RequestReplyHandler;
import slipway.service.Service;
import slipway.service.ServiceName;

/**
 * Another version of the service echo: it answers in capital letters. It takes up the connections
 * of the version that ships, and gives them back to it.
 */
@Component(service = Service.class)
@ServiceName("echo")
public final class LoudService implements HandOff {

  private static final int LONGEST_MESSAGE = 1024;

  @Override
  public void attach(Connection connection) {
    takeUp(connection, Map.of());
  }

  @Override
  public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
    return CompletableFuture.completedFuture(Map.of());
  }

  @Override
  public void takeUp(Connection connection, Map<String, Object> state) {
    if (Boolean.FALSE.equals(state.get("start"))) {
      throw new IllegalStateException("its client is in the middle of a message");
    }
    connection
        .channel()
        .pipeline()
        .addLast(
            new MessageCodec(connection, LONGEST_MESSAGE),
            new RequestReplyHandler(connection, LoudService::reply));
  }

  private static Optional<String> reply(String message) {
    return message.isEmpty() ? Optional.empty() : Optional.of(message.toUpperCase(Locale.ROOT));
  }
}
