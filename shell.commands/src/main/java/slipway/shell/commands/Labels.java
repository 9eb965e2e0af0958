package slipway.shell.commands;

/** How the help names arguments; completion knows by it what an argument can be. */
final class Labels {

  static final String SERVICE = "NAME";
  static final String ACCEPTOR = "PORT|NAME";
  static final String JAR = "FILE|URL";
  static final String STATE = "STATE";
  static final String CONNECTION = "ID";
  static final String COMMAND = "COMMAND";
  static final String COUNT = "N";
  static final String LEVEL = "LEVEL";
  static final String LOGGER = "LOGGER";
  static final String DURATION = "DURATION";
  static final String USER = "USER";
  static final String BANNED = "USER|ADDRESS";
  static final String ROLE = "ROLE";
  static final String REASON = "REASON";
  static final String FILE = "FILE";
  static final String ROOM = "ROOM";
  static final String PRESENT = "USER|NICK";
  static final String TEXT = "TEXT";
  static final String MESSAGE = "MESSAGE-ID";

  private Labels() {}
}
