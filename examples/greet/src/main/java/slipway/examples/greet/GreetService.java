package slipway.examples.greet;

import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Greets a client by the name that it sends; an empty message ends the connection. */
@Component(service = Service.class)
@ServiceName("greet")
public final class GreetService implements PipelineService {

  private static final int LONGEST_NAME = 100;

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    handlers
        .keep("codec", () -> new MessageCodec(connection, LONGEST_NAME))
        .add("replies", () -> new RequestReplyHandler(connection, GreetService::reply));
  }

  private static Optional<String> reply(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of("Hello, " + name + "!");
  }
}
