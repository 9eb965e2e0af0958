package slipway.services.chat.session;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a line that begins with a slash asks for. */
enum Command {
  HELP("", "shows this"),
  WHO("[ROOM]", "who is here, or in another room"),
  ROOMS("", "the rooms that somebody is in"),
  JOIN("ROOM", "goes to another room, which is there as soon as somebody is in it"),
  LEAVE("", "goes back to the first room"),
  MSG("NAME TEXT", "tells one user alone"),
  ME("TEXT", "says what you do"),
  HISTORY("[N] [before ID]", "the last N messages, or those before one"),
  TOPIC("[TEXT]", "what the room is about"),
  NICK("[NAME]", "another name for now; without one, your own again"),
  AWAY("[TEXT]", "tells others why you do not answer; without a text, that you do"),
  IGNORE("[NAME]", "does not show you what a user writes, or shows it again"),
  PASSWORD("", "changes your password"),
  QUIT("", "ends the connection"),
  KICK("NAME [REASON]", "ends a user's connections", true),
  MUTE("NAME DURATION [REASON]", "lets a user read only, such as for 10m", true),
  UNMUTE("NAME", "lets a user talk again", true),
  BAN("NAME DURATION [REASON]", "keeps a user out, such as for 2h or 30d", true),
  UNBAN("NAME", "lets a user in again", true);

  /** Those that look at how fast they may be themselves, and those that nobody has to wait for. */
  private static final Set<Command> NOT_PACED = EnumSet.of(HELP, MSG, ME, PASSWORD, QUIT);

  private final String arguments;
  private final String help;
  private final boolean operators;

  Command(String arguments, String help) {
    this(arguments, help, false);
  }

  Command(String arguments, String help, boolean operators) {
    this.arguments = arguments;
    this.help = help;
    this.operators = operators;
  }

  static Optional<Command> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equalsIgnoreCase(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether only operators may use it. */
  boolean isForOperators() {
    return operators;
  }

  /** Whether it counts as a message, as others see it or the database is asked. */
  boolean isPaced() {
    return !operators && !NOT_PACED.contains(this);
  }

  /** How it is written. */
  String usage() {
    return ("/" + word() + " " + arguments).strip();
  }

  /** A line for those who ask. */
  String explained() {
    return String.format("* %-28s %s", usage(), help);
  }
}
