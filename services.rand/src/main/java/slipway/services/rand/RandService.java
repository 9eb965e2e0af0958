package slipway.services.rand;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.HandOff;
import slipway.service.MessageCodec;
import slipway.service.RequestReplyHandler;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Answers {@code rand} with a non-negative integer; anything else ends the connection. */
@Component(service = Service.class)
@ServiceName("rand")
public final class RandService implements HandOff {

  @Override
  public void attach(Connection connection) {
    takeUp(connection, Map.of());
  }

  @Override
  public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
    MessageCodec codec = connection.channel().pipeline().get(MessageCodec.class);
    return CompletableFuture.completedFuture(codec.state());
  }

  @Override
  public void takeUp(Connection connection, Map<String, Object> state) {
    connection
        .channel()
        .pipeline()
        .addLast(
            new MessageCodec(connection, state, "rand".length()),
            new RequestReplyHandler(connection, RandService::reply));
  }

  static Optional<String> reply(String request) {
    return request.equals("rand")
        ? Optional.of(Integer.toString(ThreadLocalRandom.current().nextInt() & Integer.MAX_VALUE))
        : Optional.empty();
  }
}
