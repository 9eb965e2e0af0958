package slipway.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What the event loops of the host are at, for tools that look at it often. */
@ProviderType
public interface LoopAdmin {

  /**
   * A version whose handlers run.
   *
   * @param service name of the service
   * @param version version of the bundle that provides it
   */
  record Handling(String service, String version) {}

  /**
   * The versions in whose connections event loops are at this moment, one for each such loop, in no
   * order. Reads what the loops note for themselves, so it may be a moment late, and costs them
   * nothing. May be called from any thread, some hundred times a second.
   */
  List<Handling> handling();
}
