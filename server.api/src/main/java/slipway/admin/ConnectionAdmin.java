package slipway.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The open connections of the host. Methods may be called from any thread. */
@ProviderType
public interface ConnectionAdmin {

  /** All open connections, ordered by id. */
  List<ConnectionStatus> connections();

  /**
   * Closes a connection.
   *
   * @param id its number
   * @return false if no open connection has this number
   */
  boolean close(long id);
}
