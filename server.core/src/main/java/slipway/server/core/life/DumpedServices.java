package slipway.server.core.life;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.ServiceStatus;
import slipway.dump.Dump;
import slipway.dump.Dumpable;

/** The services with their states, and below each its versions. */
@Component(service = Dumpable.class)
public final class DumpedServices implements Dumpable {

  private final ServiceControl control;

  /** For Declarative Services. */
  @Activate
  public DumpedServices(@Reference ServiceControl control) {
    this.control = control;
  }

  @Override
  public String title() {
    return "services";
  }

  @Override
  public void dump(Dump dump) {
    control.statuses().stream()
        .collect(groupingBy(ServiceStatus::name, TreeMap::new, toList()))
        .forEach(
            (name, versions) ->
                describe(dump.line(name + ": " + versions.get(0).state()), versions));
  }

  private static void describe(Dump service, List<ServiceStatus> versions) {
    for (ServiceStatus version : versions) {
      service.line(
          version.version().isEmpty()
              ? version.reason()
              : "version "
                  + version.version()
                  + ", bundle "
                  + version.bundleId()
                  + " "
                  + version.bundleState()
                  + ", users "
                  + version.refCount()
                  + (version.reason().isEmpty() ? "" : ": " + version.reason()));
    }
  }
}
