package slipway.services.chat.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a line that begins with a slash asks for: how it is written, what the help says, who may use
 * it and how fast, and what it does.
 */
enum Command {
  HELP("", "shows this", Use.FREE, (talk, rest) -> talk.help()),
  WHO(
      "[ROOM]",
      "who is here, or in another room",
      Use.PACED,
      (talk, rest) -> talk.rooms().who(rest)),
  ROOMS("", "the rooms that somebody is in", Use.PACED, (talk, rest) -> talk.rooms().list()),
  JOIN(
      "ROOM",
      "goes to another room, or makes a new one",
      Use.PACED,
      (talk, rest) -> talk.rooms().join(rest)),
  LEAVE("", "goes back to the first room", Use.PACED, (talk, rest) -> talk.rooms().leave()),
  MSG("NAME TEXT", "tells only one user", Use.PACED, (talk, rest) -> talk.speech().tell(rest)),
  ME("TEXT", "says what you do", Use.PACED, (talk, rest) -> talk.speech().act(rest)),
  HISTORY(
      "[N] [before ID]",
      "the last N messages, or those before one",
      Use.PACED,
      (talk, rest) -> talk.history().show(rest)),
  TOPIC(
      "[TEXT]",
      "what the room is about; - clears that",
      Use.PACED,
      (talk, rest) -> talk.rooms().topic(rest)),
  NICK(
      "[NAME]",
      "another name for now; without one, your own again",
      Use.PACED,
      (talk, rest) -> talk.oneself().nick(rest)),
  AWAY(
      "[TEXT]",
      "tells others why you do not answer; without a text, that you are back",
      Use.PACED,
      (talk, rest) -> talk.oneself().away(rest)),
  IGNORE(
      "[NAME]",
      "hides what a user writes and does, or shows it again",
      Use.PACED,
      (talk, rest) -> talk.oneself().ignore(rest)),
  PASSWORD("", "changes your password", Use.PACED, (talk, rest) -> talk.password().begin()),
  QUIT("", "ends the connection", Use.FREE, (talk, rest) -> talk.quit()),
  KICK(
      "NAME [REASON]",
      "ends a user's connections",
      Use.OPERATORS,
      (talk, rest) -> talk.moderation().kick(rest)),
  MUTE(
      "NAME DURATION [REASON]",
      "lets a user read only, such as for 10m",
      Use.OPERATORS,
      (talk, rest) -> talk.moderation().mute(rest)),
  UNMUTE(
      "NAME",
      "lets a user talk again",
      Use.OPERATORS,
      (talk, rest) -> talk.moderation().unmute(rest)),
  BAN(
      "[--address] NAME DURATION [REASON]",
      "bans a user, or an address",
      Use.OPERATORS,
      (talk, rest) -> talk.moderation().ban(rest)),
  UNBAN(
      "NAME",
      "ends the ban of a user, or of an address",
      Use.OPERATORS,
      (talk, rest) -> talk.moderation().unban(rest));

  /** The users who may use a command, and how fast. */
  enum Use {
    /** Every user, at any pace: no other user sees it, and it does not use the database. */
    FREE,
    /** Every user; it counts as a message. */
    PACED,
    /** Only operators, at any pace. */
    OPERATORS
  }

  /** What a command does with what is written behind its word. */
  @FunctionalInterface
  interface Action {
    void run(Talk talk, String rest);
  }

  private final String arguments;
  private final String help;
  private final Use use;
  private final Action action;

  Command(String arguments, String help, Use use, Action action) {
    this.arguments = arguments;
    this.help = help;
    this.use = use;
    this.action = action;
  }

  static Optional<Command> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equalsIgnoreCase(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Use use() {
    return use;
  }

  /**
   * Does it.
   *
   * @param rest what is written behind the word, without white space at its ends
   */
  void run(Talk talk, String rest) {
    action.run(talk, rest);
  }

  /** How it is written. */
  String usage() {
    return ("/" + word() + " " + arguments).strip();
  }

  /** Its line in the help. */
  String explained() {
    return String.format("* %-28s %s", usage(), help);
  }
}
