package slipway.examples.members;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;

/** The verbs of {@code members}, for one call. */
@Command
final class MembersVerbs {

  private static final Table<Presence> PRESENT =
      Table.of(
          new Column<>("Member", "member", Presence::member),
          new Column<>("Connections", "connections", Presence::connections));

  private final MembersService members;
  private final Call call;

  MembersVerbs(MembersService members, Call call) {
    this.members = members;
    this.call = call;
  }

  @Command(description = "Lists the members who are here, by their numbers.")
  void ls(@Option(names = "--json", description = "Writes one JSON array.") boolean json) {
    call.show(PRESENT, members.present(), Form.json(json));
  }

  @Command(description = "Ends the connections of a member.")
  void end(@Parameters(paramLabel = "ID", description = "The member's number.") long id)
      throws CommandException {
    if (!present().contains(id)) {
      throw new CommandException("members end: " + id + " is not here; see: members ls");
    }
    members.end(id);
    call.out().print("ended\n");
  }

  @CandidatesFor("ID")
  List<Long> present() {
    return members.present().stream().map(Presence::member).toList();
  }
}
