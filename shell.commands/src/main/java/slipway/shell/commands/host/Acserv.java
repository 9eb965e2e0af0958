package slipway.shell.commands.host;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.admin.AcceptorAdmin;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.command.Text;

/** The verbs of {@code acserv}. */
@Command
final class Acserv {

  /** How help names an acceptor. */
  static final String ACCEPTOR = "PORT|NAME";

  static final Table<AcceptorStatus> ACCEPTORS = AcceptorRow.TABLE.from(AcceptorRow::of);

  private final AcceptorAdmin acceptors;
  private final Call call;

  Acserv(AcceptorAdmin acceptors, Call call) {
    this.acceptors = acceptors;
    this.call = call;
  }

  @Command(
      description =
          "Lists the acceptors. Files in conf/ that define new ones but are refused come last.")
  void ps(@Option(names = "--json", description = "Writes one JSON array.") boolean json)
      throws CommandException {
    Stream<AcceptorRow> refused =
        admin().refusedFiles().stream()
            .filter(file -> file.goOn().isEmpty()) // else the acceptors show it
            .map(AcceptorRow::of);
    List<AcceptorRow> rows =
        Stream.concat(admin().acceptors().stream().map(AcceptorRow::of), refused).toList();
    call.show(AcceptorRow.TABLE, rows, Form.json(json));
  }

  @Command(description = "Gives all acceptors except admin the state START.")
  void start() throws Exception {
    call.show(ACCEPTORS, admin().setAll(AcceptorState.START));
  }

  @Command(
      description = "Gives all acceptors except admin the state STOP: clients wait in the backlog.")
  void stop() throws Exception {
    call.show(ACCEPTORS, admin().setAll(AcceptorState.STOP));
  }

  @Command(
      description =
          "Gives an acceptor a state, saves it, and shows the result. "
              + "A port without an acceptor gets one.")
  void state(
      @Parameters(paramLabel = ACCEPTOR, description = "The acceptor's port, or its name.")
          String target,
      @Parameters(
              paramLabel = "STATE",
              converter = ToState.class,
              completionCandidates = StateWords.class,
              description = "0 CLOSE, 1 START or 2 STOP: the number or the word.")
          AcceptorState state)
      throws Exception {
    List<AcceptorStatus> changed = admin().setState(target, state);
    if (changed.isEmpty()) {
      call.out().print("closed " + Text.quoted(target) + "\n");
    } else {
      call.show(ACCEPTORS, changed);
    }
  }

  private AcceptorAdmin admin() throws CommandException {
    return HostPart.need(acceptors, "acceptors");
  }

  @CandidatesFor(ACCEPTOR)
  List<String> targets() {
    return targets(acceptors);
  }

  /**
   * What an acceptor can be called: ports, then names.
   *
   * @param acceptors the acceptors; null while they are absent, then nothing
   */
  static List<String> targets(AcceptorAdmin acceptors) {
    List<AcceptorStatus> all = acceptors == null ? List.of() : acceptors.acceptors();
    return Stream.concat(
            all.stream().map(AcceptorStatus::port).filter(port -> port > 0).map(String::valueOf),
            all.stream().map(AcceptorStatus::name))
        .toList();
  }

  static final class ToState implements ITypeConverter<AcceptorState> {
    @Override
    public AcceptorState convert(String text) {
      return AcceptorState.parse(text).orElseThrow(() -> States.unknown(AcceptorState.values()));
    }
  }

  static final class StateWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return States.words(AcceptorState.values()).iterator();
    }
  }
}
