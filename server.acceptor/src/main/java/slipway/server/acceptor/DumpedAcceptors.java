package slipway.server.acceptor;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AcceptorStatus;
import slipway.dump.Dump;
import slipway.dump.Dumpable;

/** The acceptors with their addresses, and what keeps those that are not bound. */
@Component(service = Dumpable.class)
public final class DumpedAcceptors implements Dumpable {

  private final Acceptors acceptors;

  /** For Declarative Services. */
  @Activate
  public DumpedAcceptors(@Reference Acceptors acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  public String title() {
    return "acceptors";
  }

  @Override
  public void dump(Dump dump) {
    acceptors.statuses().forEach(each -> describe(each, dump));
  }

  private static void describe(AcceptorStatus acceptor, Dump dump) {
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
                + ", connections "
                + acceptor.connections());
    if (!acceptor.service().isEmpty()) {
      below.line("service " + acceptor.service());
    }
    if (!acceptor.reason().isEmpty()) {
      below.line(acceptor.reason());
    }
  }
}
