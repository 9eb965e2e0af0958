package slipway.examples.loud;

import java.util.Locale;
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

/**
 * Another version of the service echo: it answers in capital letters. It takes up the connections
 * of the version that ships, and gives them back to it.
 */
@Component(service = Service.class)
@ServiceName("echo")
public final class LoudService implements PipelineService {

  private static final int LONGEST_MESSAGE = 1024;

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    if (!handed.flag("start", true)) {
      throw new IllegalStateException("its client is in the middle of a message");
    }
    handlers
        .keep("codec", () -> new MessageCodec(connection, LONGEST_MESSAGE))
        .add("replies", () -> new RequestReplyHandler(connection, LoudService::reply));
  }

  private static Optional<String> reply(String message) {
    return message.isEmpty() ? Optional.empty() : Optional.of(message.toUpperCase(Locale.ROOT));
  }
}
