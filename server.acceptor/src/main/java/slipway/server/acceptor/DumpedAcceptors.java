package slipway.server.acceptor;

import java.util.List;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AcceptorStatus;
import slipway.dump.Dump;
import slipway.dump.Dumpable;

/** The acceptors with their addresses and stages, and what keeps those that are not bound. */
@Component(service = Dumpable.class)
public final class DumpedAcceptors implements Dumpable {

  private final Acceptors acceptors;
  private final Stages stages;

  /**
   * What is shown of one acceptor.
   *
   * @param stages names of those that are configured, in their order
   */
  private record Seen(AcceptorStatus status, List<String> stages) {}

  /** For Declarative Services. */
  @Activate
  public DumpedAcceptors(@Reference Acceptors acceptors, @Reference Stages stages) {
    this.acceptors = acceptors;
    this.stages = stages;
  }

  @Override
  public String title() {
    return "acceptors";
  }

  @Override
  public void dump(Dump dump) {
    acceptors
        .each(acceptor -> new Seen(acceptor.status(), acceptor.settings().stages()))
        .forEach(seen -> describe(seen, dump));
  }

  private void describe(Seen seen, Dump dump) {
    AcceptorStatus acceptor = seen.status();
    Dump below =
        dump.line(
            acceptor.name()
                + ": "
                + acceptor.state()
                + (acceptor.bound() ? " on " : ", not bound, on ")
                + acceptor.address()
                + (acceptor.port() == 0 ? "" : " port " + acceptor.port())
                + " ("
                + acceptor.transport()
                + "), for "
                + acceptor.audience()
                + (seen.stages().isEmpty() ? "" : ", stages " + marked(seen.stages()))
                + ", connections "
                + acceptor.connections());
    if (!acceptor.service().isEmpty()) {
      below.line("service " + acceptor.service());
    }
    if (!acceptor.reason().isEmpty()) {
      below.line(acceptor.reason());
    }
  }

  /** The names of stages as bytes from the client pass them. */
  private String marked(List<String> names) {
    return names.stream()
        .map(name -> stages.isThere(name) ? name : name + " (missing)")
        .collect(Collectors.joining(" > "));
  }
}
