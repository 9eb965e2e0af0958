package slipway.services.rand;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.component.annotations.Component;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Answers {@code rand} with a non-negative integer; anything else ends the connection. */
@Component(service = Service.class)
@ServiceName("rand")
public final class RandService implements PipelineService {

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    handlers
        .keep("codec", () -> new MessageCodec(connection, handed, "rand".length()))
        .add("replies", () -> new RequestReplyHandler(connection, RandService::reply));
  }

  static Optional<String> reply(String request) {
    return request.equals("rand")
        ? Optional.of(Integer.toString(ThreadLocalRandom.current().nextInt() & Integer.MAX_VALUE))
        : Optional.empty();
  }
}
