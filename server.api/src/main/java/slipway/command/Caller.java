package slipway.command;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The client that has called a command, for what does not belong on a command line: passwords, and
 * a yes to what cannot be undone.
 *
 * <p>A surface leaves it in the session's variable {@link #VARIABLE}, and in {@link #DIRECTORY} the
 * folder that the client is in. Without the first there is nobody to ask; without the second, files
 * are relative to the host's folder.
 *
 * <p>Methods are called in the thread of the command and wait for the caller as long as it takes.
 */
@ProviderType
public interface Caller {

  /** The variable of a command's session that holds the caller. */
  String VARIABLE = ".slipway.caller";

  /** The variable of a command's session that holds the caller's folder, an absolute path. */
  String DIRECTORY = ".slipway.directory";

  /**
   * Asks a person, who sees the question but not what is typed.
   *
   * @param question one line
   * @return the answer; empty if there is no person, or no answer comes
   * @throws InterruptedException if the caller leaves
   */
  Optional<String> secret(String question) throws InterruptedException;

  /**
   * Asks a person, who sees the question and what is typed.
   *
   * @param question one line
   * @return the answer; empty if there is no person, or no answer comes
   * @throws InterruptedException if the caller leaves
   */
  Optional<String> answer(String question) throws InterruptedException;

  /**
   * Takes the next line of the caller's standard input.
   *
   * @return the line; empty if the input has ended
   * @throws InterruptedException if the caller leaves
   */
  Optional<String> line() throws InterruptedException;

  /**
   * Says what the command waits for from now on. A person at a terminal is shown that if it takes a
   * while; a program, or a person whose messages go into a file, is not. May be called by any
   * thread.
   *
   * @param what one line; empty for a command that is meant to be silent for long
   */
  void waits(String what);
}
