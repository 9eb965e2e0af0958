package slipway.examples.greet;

import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.MessageCodec;
import slipway.service.RequestReplyHandler;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Greets who says a name; an empty message ends the connection. */
@Component
@ServiceName("greet")
public final class GreetService implements Service {

  private static final int LONGEST_NAME = 100;

  @Override
  public void attach(Connection connection) {
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
