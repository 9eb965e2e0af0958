package slipway.server.acceptor;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AcceptorStatus;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** The acceptors: what they are to be, and whether they are. */
@Component
public final class AcceptorMeter implements Meter {

  private static final Metric STATE =
      Metric.state("slipway_acceptor_state", "State that an acceptor is to be in.", "acceptor");
  private static final Metric BOUND =
      Metric.gauge(
          "slipway_acceptor_bound", "Whether an acceptor has its address: 0 or 1.", "acceptor");
  private static final Metric PAUSED =
      Metric.counter(
          "slipway_acceptor_paused_total",
          "Times that an acceptor has let clients wait although it is START.",
          "acceptor",
          "reason");

  private final Acceptors acceptors;

  private record Seen(AcceptorStatus status, Pauses pauses) {}

  /** For Declarative Services. */
  @Activate
  public AcceptorMeter(@Reference Acceptors acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  public void read(Readings readings) {
    acceptors
        .each(acceptor -> new Seen(acceptor.status(), acceptor.pauses()))
        .forEach(seen -> tell(seen, readings));
  }

  private static void tell(Seen seen, Readings readings) {
    String name = seen.status().name();
    readings.state(STATE, seen.status().state(), name);
    readings.value(BOUND, seen.status().bound() ? 1 : 0, name);
    for (Pauses.Reason reason : Pauses.Reason.values()) {
      readings.value(PAUSED, seen.pauses().of(reason), name, reason.word());
    }
  }
}
