package slipway.examples.greet;

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

/** Greets who says a name; an empty message ends the connection. */
@Component(service = Service.class)
@ServiceName("greet")
public final class GreetService implements HandOff {

  private static final int LONGEST_NAME = 100;

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
    connection
        .channel()
        .pipeline()
        .addLast(
            new MessageCodec(connection, LONGEST_NAME),
            new RequestReplyHandler(connection, GreetService::reply));
  }

  private static Optional<String> reply(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of("Hello, " + name + "!");
  }
}
