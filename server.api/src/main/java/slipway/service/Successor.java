package slipway.service;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a {@link Service} may implement, too, if it runs something beside its connections that
 * another version is to go on with, such as a simulated world.
 *
 * @since 2.1
 */
@ConsumerType
public interface Successor {

  /**
   * Goes on with what another version runs, which new connections do not come to any more. Called
   * on the host's control thread, which it must not block, when this version serves in place of
   * another one that is active: a newer version, or the one before if a newer one has failed.
   * Connections of the other version move when it is done.
   *
   * @return completed, in any thread, when this version has taken over, with one line that tells
   *     operators what it goes on with and how long that took; null or empty if there is nothing to
   *     tell. Failed if it cannot, with an exception whose message says why in one line: then this
   *     version has failed, and the other one serves again. Never null.
   * @throws Exception as a stage that fails
   */
  CompletionStage<String> takeOver() throws Exception;

  /**
   * What another version would go on with now, in a few words for operators who plan to deploy one,
   * such as {@code 3 worlds with 200 sessions}. Called on the host's control thread, which it must
   * not block.
   *
   * @return empty if there is nothing; never null
   */
  default String runs() {
    return "";
  }
}
