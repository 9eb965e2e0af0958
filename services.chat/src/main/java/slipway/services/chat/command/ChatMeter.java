package slipway.services.chat.command;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;
import slipway.services.chat.ChatService;
import slipway.services.chat.session.Chat;

/**
 * What this version of the chat has. Rooms are told by their number alone: users choose their
 * names.
 */
@Component
public final class ChatMeter implements Meter {

  private static final Metric USERS =
      Metric.gauge("slipway_chat_users", "Users who are logged in.");
  private static final Metric ROOMS =
      Metric.gauge("slipway_chat_rooms", "Rooms that somebody is in.");
  private static final Metric MESSAGES =
      Metric.counter("slipway_chat_messages_total", "Messages that were stored.");
  private static final Metric WAITING =
      Metric.gauge("slipway_chat_messages_waiting", "Messages that wait for the database.");

  private final Chat chat;

  /** For Declarative Services. */
  @Activate
  public ChatMeter(@Reference ChatService service) {
    this(service.chat());
  }

  /** For tests. */
  ChatMeter(Chat chat) {
    this.chat = chat;
  }

  @Override
  public void read(Readings readings) {
    readings.value(USERS, chat.hall().users().accounts().size());
    readings.value(ROOMS, chat.hall().roomsHere());
    readings.value(MESSAGES, chat.journal().stored());
    readings.value(WAITING, chat.journal().waiting());
  }
}
