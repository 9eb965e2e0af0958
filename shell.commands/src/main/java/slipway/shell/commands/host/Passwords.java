package slipway.shell.commands.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import slipway.account.AccountName;
import slipway.command.Caller;
import slipway.command.CommandException;

/**
 * Where a command gets a new password from: a file, the caller's standard input, or a person who is
 * asked twice. Never from the command line, which shells and consoles store.
 *
 * @param command the command, for messages
 * @param file a file that holds the password and nothing else; null if none is given
 * @param standardInput whether it is the next line of standard input
 * @param caller the caller, if there is a person to ask
 */
record Passwords(String command, Path file, boolean standardInput, Caller caller) {

  static final String FILE = "--password-file";
  static final String STANDARD_INPUT = "--password-stdin";

  private static final int LONGEST_FILE = 1024;

  /** The password in UTF-8; the caller wipes it. */
  byte[] of(AccountName name) throws CommandException, InterruptedException {
    if (file != null && standardInput) {
      throw refused("allowed is one of " + FILE + " and " + STANDARD_INPUT);
    }
    if (file != null) {
      return fromFile();
    }
    if (standardInput) {
      return bytes(caller.line().orElseThrow(() -> refused("there is no line on standard input")));
    }
    return asked(name);
  }

  private byte[] asked(AccountName name) throws CommandException, InterruptedException {
    String first = answer("New password of " + name + ":");
    if (!first.equals(answer("The same again:"))) {
      throw refused("the two passwords differ; nothing was changed");
    }
    return bytes(first);
  }

  private String answer(String question) throws CommandException, InterruptedException {
    return caller
        .secret(question)
        .orElseThrow(
            () ->
                refused(
                    "nobody here can be asked for the password; allowed are "
                        + FILE
                        + " FILE and "
                        + STANDARD_INPUT));
  }

  private byte[] fromFile() throws CommandException {
    byte[] content = new byte[0];
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(LONGEST_FILE + 1);
      if (content.length > LONGEST_FILE) {
        throw refused(FILE + " " + file + " has more than " + LONGEST_FILE + " bytes");
      }
      return withoutLineEnd(content);
    } catch (IOException unreadable) {
      throw new CommandException(
          command + ": " + FILE + " " + file + " cannot be read: " + reason(unreadable),
          unreadable);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static byte[] withoutLineEnd(byte[] content) {
    int length = content.length;
    if (length > 0 && content[length - 1] == '\n') {
      length--;
    }
    if (length > 0 && content[length - 1] == '\r') {
      length--;
    }
    return Arrays.copyOf(content, length);
  }

  private static String reason(IOException unreadable) {
    return unreadable instanceof NoSuchFileException
        ? "there is none"
        : unreadable.getClass().getSimpleName();
  }

  private static byte[] bytes(String password) {
    return password.getBytes(StandardCharsets.UTF_8);
  }

  private CommandException refused(String why) {
    return new CommandException(command + ": " + why);
  }
}
