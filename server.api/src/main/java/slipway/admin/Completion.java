package slipway.admin;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Completes the arguments of commands; registered by the bundle that provides them, with the
 * service property {@link #COMMANDS}.
 */
@ConsumerType
public interface Completion {

  /** Service property: the names of the commands whose arguments this completes. */
  String COMMANDS = "slipway.completion.commands";

  /**
   * What the last word could become.
   *
   * @param words the command and its arguments as far as they are typed; the last word, which may
   *     be empty, is the one to complete
   * @return whole words, ordered; empty if nothing fits
   */
  List<String> candidates(List<String> words);
}
