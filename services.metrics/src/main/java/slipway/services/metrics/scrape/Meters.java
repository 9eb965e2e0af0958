package slipway.services.metrics.scrape;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import slipway.meter.Meter;

/** The meters of all bundles. A version that stops takes its meters with it. */
@Component(service = Meters.class)
public final class Meters {

  /** The oldest first, so that a newcomer gives way if two disagree about a metric. */
  private final Map<ServiceReference<Meter>, Contributor> contributors =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  @Reference(
      service = Meter.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addMeter(ServiceReference<Meter> reference, Meter meter) {
    contributors.put(reference, new Contributor(meter, reference.getBundle().getSymbolicName()));
  }

  void removeMeter(ServiceReference<Meter> reference) {
    contributors.remove(reference);
  }

  List<Contributor> contributors() {
    return List.copyOf(contributors.values());
  }
}
