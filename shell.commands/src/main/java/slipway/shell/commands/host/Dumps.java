package slipway.shell.commands.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.admin.DumpAdmin;
import slipway.admin.DumpStatus;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;

/** The verbs of {@code dump}; without one, or with titles of parts, it prints the live tree. */
@Command
final class Dumps implements Callable<Void> {

  private static final Table<DumpStatus> TABLE =
      Table.of(
          new Column<>("Name", "name", DumpStatus::name),
          new Column<>("Bytes", "bytes", DumpStatus::bytes),
          new Column<>("Seen", "seen", dump -> dump.acknowledged() ? "yes" : "no"),
          new Column<>("What", "what", DumpStatus::summary),
          new Column<>("Folder", "folder", dump -> dump.folder().toString()));

  private static final String PART = "PART";
  private static final String NAME = "NAME";
  private static final String THREADS = "threads";

  private final DumpedTree tree;
  private final DumpAdmin dumps;
  private final Call call;

  @Parameters(
      paramLabel = PART,
      arity = "0..*",
      description =
          "Only these parts of the tree, such as services; quote a name that has a space.")
  private List<String> chosen = new ArrayList<>();

  /**
   * Makes the verbs of one call.
   *
   * @param dumps null while it is absent
   */
  Dumps(DumpedTree tree, DumpAdmin dumps, Call call) {
    this.tree = tree;
    this.dumps = dumps;
    this.call = call;
  }

  @Override
  public Void call() throws CommandException, InterruptedException {
    print(chosen);
    return null;
  }

  @Command(
      description =
          "Prints what the threads do, those at the same place once, and writes the stacks of all "
              + "into var/dump.")
  void threads(
      @Parameters(
              paramLabel = PART,
              arity = "0..*",
              description = "Prints these parts of the tree as well, and writes nothing.")
          List<String> more)
      throws Exception {
    List<String> parts = new ArrayList<>(chosen);
    if (tree.titles().contains(THREADS)) {
      parts.add(THREADS);
    }
    parts.addAll(more == null ? List.of() : more);
    if (!parts.isEmpty()) {
      print(parts);
    }
    if (parts.size() <= 1) {
      tell(admin().threads());
    }
  }

  @Command(
      description = {
        "Writes all that is in use in the host's memory into var/dump, compressed.",
        "It has what users have sent, such as their passwords. The host stands still meanwhile."
      })
  void heap(@Option(names = Consent.OPTION, description = Consent.HELP) boolean yes)
      throws Exception {
    if (consents("dump heap", yes)) {
      call.waits("the heap to be written");
      tell(admin().heap());
    }
  }

  @Command(description = "Writes what the flight recorder has recorded into var/dump.")
  void recording() throws Exception {
    call.waits("the recording to be written");
    tell(admin().recording());
  }

  @Command(
      description = {
        "Makes an archive in var/dump for a report: the log's end, services, acceptors, the live "
            + "tree, threads, what was recorded, versions, and conf/ without secrets."
      })
  void all(
      @Option(
              names = "--heap",
              description = "With the heap, which has what users have sent, such as passwords.")
          boolean heap,
      @Option(names = Consent.OPTION, description = Consent.HELP) boolean yes)
      throws Exception {
    if (!heap || consents("dump all --heap", yes)) {
      tell(admin().archive(heap, part -> call.waits("the part " + part)));
    }
  }

  @Command(description = "Lists what is in var/dump, the newest first.")
  void ls(@Option(names = "--json", description = "Writes one JSON array.") boolean json)
      throws CommandException {
    call.show(TABLE, admin().dumps(), Form.json(json));
  }

  @Command(
      description =
          "Says that you have seen what is left of a crash and the like: status and the log name it"
              + " until then.")
  void ack(
      @Parameters(
              paramLabel = NAME,
              arity = "1..*",
              description = "The dumps, as dump ls names them.")
          List<String> names)
      throws Exception {
    for (String name : names) {
      admin().acknowledge(name);
    }
  }

  private boolean consents(String command, boolean yes) throws Exception {
    String what =
        "write up to "
            + String.format(Locale.ROOT, "%,d", admin().heapBytes())
            + " bytes of memory, with passwords of users, and stop the host meanwhile";
    return new Consent(command, yes, call.caller()).to(what);
  }

  private void tell(DumpStatus dump) {
    call.out()
        .print(
            String.format(
                Locale.ROOT,
                "%s is in %s (%,d bytes)\n",
                dump.summary(),
                dump.folder(),
                dump.bytes()));
  }

  private void print(List<String> parts) throws CommandException, InterruptedException {
    for (String title : parts) {
      if (!tree.titles().contains(title)) {
        throw new CommandException(
            "dump: PART " + title + ": allowed are " + String.join(", ", tree.titles()));
      }
    }
    tree.describe(parts, title -> call.waits("the part " + title), call.out()::print);
  }

  private DumpAdmin admin() throws CommandException {
    return HostPart.need(dumps, "dumps");
  }

  @CandidatesFor(PART)
  List<String> titles() {
    return tree.titles();
  }

  @CandidatesFor(NAME)
  List<String> unseen() {
    return dumps == null
        ? List.of()
        : dumps.dumps().stream()
            .filter(dump -> !dump.acknowledged())
            .map(DumpStatus::name)
            .toList();
  }
}
