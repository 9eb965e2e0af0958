package slipway.data;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How the migrations of bundles have gone, for the part that decides whether a new version takes
 * over. May be called from any thread; does not block.
 *
 * @since 1.2
 */
@ProviderType
public interface Migrations {

  /**
   * Says when it is known of the schemas that a bundle has open how their migrations have gone.
   *
   * @param bundleId the bundle's id
   * @return completed, in any thread, when their tables are up to date, and as well if the database
   *     cannot be reached now; failed if a script fails, with an exception whose message names the
   *     schema and says why in one line
   */
  CompletionStage<Void> settled(long bundleId);
}
