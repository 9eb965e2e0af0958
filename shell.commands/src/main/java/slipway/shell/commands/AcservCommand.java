package slipway.shell.commands;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.admin.AcceptorAdmin;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.admin.AdminException;

/** The command {@code acserv}. */
@Component(
    service = Function.class,
    property = {GogoCommand.SCOPE, GogoCommand.NAME + "acserv"})
public final class AcservCommand extends GogoCommand {

  private final AcceptorAdmin acceptors;

  /** Called by Declarative Services; the service is null while it is absent. */
  @Activate
  public AcservCommand(
      @Reference(cardinality = ReferenceCardinality.OPTIONAL) AcceptorAdmin acceptors) {
    this.acceptors = acceptors;
  }

  @Override
  Object grammar(CommandSession session, PrintStream out) {
    return new Acserv(acceptors, out);
  }

  @Command(name = "acserv", description = "Shows the acceptors and changes their states.")
  static final class Acserv {
    private final AcceptorAdmin acceptors;
    private final PrintStream out;

    Acserv(AcceptorAdmin acceptors, PrintStream out) {
      this.acceptors = acceptors;
      this.out = out;
    }

    @Command(
        description =
            "Lists the acceptors. Files in conf/ that were to make new ones and are refused come last.")
    void ps(@Option(names = "--json", description = "Writes one JSON array.") boolean json)
        throws AdminException {
      Stream<AcceptorRow> refused =
          admin().refusedFiles().stream()
              .filter(file -> file.goOn().isEmpty()) // else the acceptors say it
              .map(AcceptorRow::of);
      List<AcceptorRow> rows =
          Stream.concat(admin().acceptors().stream().map(AcceptorRow::of), refused).toList();
      Listing<AcceptorRow> listing = Listings.ACCEPTORS_AND_FILES;
      out.print(json ? listing.json(rows) : listing.table(rows));
    }

    @Command(description = "Gives all acceptors but that of admin the state START.")
    void start() throws AdminException, InterruptedException {
      out.print(Listings.ACCEPTORS.table(admin().setAll(AcceptorState.START)));
    }

    @Command(
        description =
            "Gives all acceptors but that of admin the state STOP: clients wait in the backlog.")
    void stop() throws AdminException, InterruptedException {
      out.print(Listings.ACCEPTORS.table(admin().setAll(AcceptorState.STOP)));
    }

    @Command(
        description =
            "Gives an acceptor a state, saves it, and shows the acceptor as it is then. "
                + "A port that has none gets one.")
    void state(
        @Parameters(paramLabel = Labels.ACCEPTOR, description = "The acceptor's port, or its name.")
            String target,
        @Parameters(
                paramLabel = Labels.STATE,
                description = "0 CLOSE, 1 START or 2 STOP: the number or the word.")
            AcceptorState state)
        throws AdminException, InterruptedException {
      List<AcceptorStatus> changed = admin().setState(target, state);
      out.print(
          changed.isEmpty()
              ? "closed " + Text.quoted(target) + "\n"
              : Listings.ACCEPTORS.table(changed));
    }

    private AcceptorAdmin admin() throws AdminException {
      return Grammar.need(acceptors, "acceptors");
    }
  }
}
