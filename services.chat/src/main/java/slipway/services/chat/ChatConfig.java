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

  @AttributeDefinition(description = "The room that every user enters first.")
  String room() default "lobby";

  @AttributeDefinition(
      type = AttributeType.BOOLEAN,
      description = "Whether logging in with an unused name registers it.")
  boolean registration() default true;

  @AttributeDefinition(name = "login.timeout", description = "Time in which a client must log in.")
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
          "How many log-ins one address may make at once, and then in each ten minutes; more "
              + "are refused.")
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
      description = "How long a new user may only read; 0 for not at all.")
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
      description = "The greatest length of a message in bytes (UTF-8).")
  int message_length() default 2048;

  @AttributeDefinition(
      name = "message.burst",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000",
      description = "How many messages a user may send at once.")
  int message_burst() default 5;

  @AttributeDefinition(
      name = "message.rate",
      type = AttributeType.INTEGER,
      min = "1",
      max = "1000",
      description = "How many messages a second a user may send after that; more wait.")
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
          "Time after which a silent user's connection is closed; 0 is never. A change applies "
              + "to users who log in after it.")
  String idle_timeout() default "0";

  @AttributeDefinition(
      name = "history.shown",
      type = AttributeType.INTEGER,
      min = "0",
      max = "500",
      description = "How many earlier messages a user sees on entering a room.")
  int history_shown() default 50;

  @AttributeDefinition(
      name = "history.age",
      description = "Time after which a message is removed; 0 is never.")
  String history_age() default "365d";

  @AttributeDefinition(
      name = "history.count",
      type = AttributeType.INTEGER,
      min = "0",
      description = "How many messages of each room are kept; 0 for all.")
  int history_count() default 100_000;

  @AttributeDefinition(
      name = "topic.operators",
      type = AttributeType.BOOLEAN,
      description = "Whether only operators may set a room's topic.")
  boolean topic_operators() default false;
}
