package slipway.services.time;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.message.MessageCodec;
import slipway.message.RequestReplyHandler;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Answers {@code time} with the time in the host's zone; anything else ends the connection. */
@Component(service = Service.class)
@ServiceName("time")
public final class TimeService implements PipelineService {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("dd.MM.yy/HH:mm:ss", Locale.ROOT);

  private final Clock clock;

  /** For Declarative Services. */
  @Activate
  public TimeService() {
    this(Clock.systemDefaultZone());
  }

  TimeService(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    handlers
        .keep("codec", () -> new MessageCodec(connection, handed, "time".length()))
        .add("replies", () -> new RequestReplyHandler(connection, this::reply));
  }

  Optional<String> reply(String request) {
    return request.equals("time")
        ? Optional.of(ZonedDateTime.now(clock).format(FORMAT))
        : Optional.empty();
  }
}
