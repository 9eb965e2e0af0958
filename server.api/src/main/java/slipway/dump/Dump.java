package slipway.dump;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A branch of the tree that a {@link Dumpable} describes itself by. Used by one thread, from the
 * top to the bottom.
 */
@ProviderType
public interface Dump {

  /**
   * Adds a line to this branch.
   *
   * @param text what is to be told, in one line; characters that would move a terminal's cursor are
   *     made harmless
   * @return the branch below that line; may be left alone
   */
  Dump line(String text);
}
