package slipway.services.chat;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the chat. */
@ObjectClassDefinition(
    name = "Slipway chat",
    description = "Limits and habits of the chat. A change takes effect at once.")
@interface ChatConfig {

  /** The PID. */
  String PID = "slipway.chat";

  @AttributeDefinition(description = "The room that everybody enters first.")
  String room() default "lobby";

  @AttributeDefinition(
      type = AttributeType.BOOLEAN,
      description = "Whether a name that is not there yet is registered by logging in.")
  boolean registration() default true;

  @AttributeDefinition(name = "login.timeout", description = "Time in which one has to log in.")
  String login_timeout() default "60s";

  @AttributeDefinition(
      name = "login.tries",
      type = AttributeType.INTEGER,
      min = "1",
      max = "100",
      description = "Wrong passwords in a row that close a connection.")
  int login_tries() default 3;

  @AttributeDefinition(
      name = "address.tries",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000000",
      description =
          "Wrong passwords from one address in ten minutes, after which it is refused for as long.")
  int address_tries() default 20;

  @AttributeDefinition(
      name = "address.logins",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000000",
      description =
          "Log-ins from one address at once, and as many in ten minutes from then on; more of them"
              + " are refused.")
  int address_logins() default 200;

  @AttributeDefinition(
      name = "name.tries",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000000",
      description =
          "Wrong passwords for one name in ten minutes, from all addresses together, after which"
              + " only addresses from which its user has logged in may try it.")
  int name_tries() default 100;

  @AttributeDefinition(
      name = "new.mute",
      description = "How long somebody who has registered may read only; 0 is not at all.")
  String new_mute() default "0";

  @AttributeDefinition(
      name = "address.connections",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000000",
      description = "Connections from one address (IPv6: one /64 network).")
  int address_connections() default 100;

  @AttributeDefinition(
      name = "user.connections",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000",
      description = "Connections of one user.")
  int user_connections() default 5;

  @AttributeDefinition(
      name = "message.length",
      type = AttributeType.INTEGER,
      min = "1",
      max = "16384",
      description = "Bytes (UTF-8) that a message has at most.")
  int message_length() default 2048;

  @AttributeDefinition(
      name = "message.burst",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000",
      description = "Messages that a user may send at once.")
  int message_burst() default 5;

  @AttributeDefinition(
      name = "message.rate",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000",
      description = "Messages a second that a user may send from then on; more of them wait.")
  int message_rate() default 2;

  @AttributeDefinition(
      name = "slow.limit",
      type = AttributeType.INTEGER,
      min = "4096",
      max = "1073741824",
      description = "Bytes that may wait for a user who reads too slowly.")
  int slow_limit() default 98_304;

  @AttributeDefinition(
      name = "idle.timeout",
      description =
          "Time after which a silent user's connection is closed; 0 is never. A change holds for"
              + " those who log in after it.")
  String idle_timeout() default "0";

  @AttributeDefinition(
      name = "history.shown",
      type = AttributeType.INTEGER,
      min = "0",
      max = "500",
      description = "Messages that somebody who enters a room is shown.")
  int history_shown() default 50;

  @AttributeDefinition(
      name = "history.age",
      description = "Time after which a message is removed; 0 is never.")
  String history_age() default "365d";

  @AttributeDefinition(
      name = "history.count",
      type = AttributeType.INTEGER,
      min = "0",
      description = "Messages that are kept of each room; 0 is all.")
  int history_count() default 100_000;

  @AttributeDefinition(
      name = "topic.operators",
      type = AttributeType.BOOLEAN,
      description = "Whether operators alone say what a room is about.")
  boolean topic_operators() default false;
}
