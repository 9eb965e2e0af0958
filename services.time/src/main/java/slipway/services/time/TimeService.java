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
import slipway.service.Delimiter;
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
    serve(connection, connection.delimiter());
  }

  @Override
  public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
    Optional<Delimiter> known = connection.channel().pipeline().get(MessageCodec.class).known();
    return CompletableFuture.completedFuture(
        known
            .map(delimiter -> Map.<String, Object>of("delimiter", delimiter.name()))
            .orElse(Map.of()));
  }

  @Override
  public void takeUp(Connection connection, Map<String, Object> state) {
    serve(
        connection,
        Optional.ofNullable(state.get("delimiter"))
            .map(name -> Delimiter.valueOf(name.toString())));
  }

  private void serve(Connection connection, Optional<Delimiter> delimiter) {
    connection
        .channel()
        .pipeline()
        .addLast(
            new MessageCodec(delimiter, "time".length()),
            new RequestReplyHandler(connection, this::reply));
  }

  Optional<String> reply(String request) {
    return request.equals("time")
        ? Optional.of(ZonedDateTime.now(clock).format(FORMAT))
        : Optional.empty();
  }
}
