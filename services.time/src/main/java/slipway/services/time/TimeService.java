package slipway.services.time;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.HandOff;
import slipway.service.MessageCodec;
import slipway.service.RequestReplyHandler;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Answers {@code time} with the time in the host's zone; anything else ends the connection. */
@Component(service = Service.class)
@ServiceName("time")
public final class TimeService implements HandOff {

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
            new MessageCodec(connection, state, "time".length()),
            new RequestReplyHandler(connection, this::reply));
  }

  Optional<String> reply(String request) {
    return request.equals("time")
        ? Optional.of(ZonedDateTime.now(clock).format(FORMAT))
        : Optional.empty();
  }
}
