package slipway.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The open connections of the host. Methods may be called from any thread. */
@ProviderType
public interface ConnectionAdmin {

  /** All open connections, ordered by id. */
  List<ConnectionStatus> connections();

  /**
   * Closes a connection, and waits a moment until it is closed. Not for event loops.
   *
   * @param id its number
   * @return false if no open connection has this number
   * @throws AdminException if it is not closed yet, as something keeps its event loop; it is closed
   *     when that ends
   * @throws InterruptedException if interrupted while waiting; it is closed nevertheless
   */
  boolean close(long id) throws AdminException, InterruptedException;
}
