package slipway.server.core.watch;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.LoopAdmin;

/** Tells tools what the watched event loops are at. */
@Component
public final class HostLoopAdmin implements LoopAdmin {

  private final Watchdog watchdog;

  /** For Declarative Services. */
  @Activate
  public HostLoopAdmin(@Reference Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  @Override
  public List<Handling> handling() {
    return watchdog.served().stream()
        .filter(connection -> !connection.service().isEmpty()) // else it names one still
        .map(connection -> new Handling(connection.service(), connection.version()))
        .toList();
  }
}
