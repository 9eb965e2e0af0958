package slipway.command;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Completes the arguments of commands, for a surface at which a person types. An OSGi service; may
 * be called from any thread.
 */
@ProviderType
public interface Completion {

  /**
   * What the last word could become.
   *
   * <p>Starts nothing: the arguments of a command whose bundle is not active complete to nothing.
   *
   * @param words the command and its arguments as far as they are typed; the last word, which may
   *     be empty, is the one to complete
   * @return whole words, in the order in which they are to be shown; empty if nothing fits
   */
  List<String> candidates(List<String> words);
}
