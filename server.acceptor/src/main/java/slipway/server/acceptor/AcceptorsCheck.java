package slipway.server.acceptor;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AcceptorAdmin;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.health.Finding;
import slipway.health.HealthCheck;
import slipway.health.Probe;
import slipway.service.Audience;

/**
 * Whether clients can come: each acceptor for users that is START has its address. What else keeps
 * one, and what keeps one for operators, is a warning: users reach the host all the same.
 */
@Component
public final class AcceptorsCheck implements HealthCheck {

  private final AcceptorAdmin acceptors;

  /** For Declarative Services. */
  @Activate
  public AcceptorsCheck(@Reference AcceptorAdmin acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  public String name() {
    return "acceptors";
  }

  @Override
  public Set<Probe> probes() {
    return Set.of(Probe.READINESS);
  }

  @Override
  public Finding check() {
    List<AcceptorStatus> open =
        acceptors.acceptors().stream()
            .filter(acceptor -> acceptor.state() == AcceptorState.START)
            .toList();
    String unbound =
        those(open, acceptor -> !acceptor.bound() && acceptor.audience() == Audience.USERS);
    if (!unbound.isEmpty()) {
      return Finding.failed(unbound);
    }
    String kept = those(open, acceptor -> !acceptor.bound() || !acceptor.reason().isEmpty());
    return kept.isEmpty() ? Finding.OK : Finding.warning(kept);
  }

  private static String those(List<AcceptorStatus> all, Predicate<AcceptorStatus> which) {
    return all.stream().filter(which).map(AcceptorsCheck::text).collect(Collectors.joining("; "));
  }

  private static String text(AcceptorStatus acceptor) {
    return acceptor.name()
        + (acceptor.bound() ? ": " : " is not bound: ")
        + (acceptor.reason().isEmpty() ? "it is coming up" : acceptor.reason());
  }
}
