package slipway.server.health;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import slipway.command.Call;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;
import slipway.health.Finding.Status;
import slipway.health.Health;
import slipway.health.HealthReport;
import slipway.health.HealthReport.Checked;
import slipway.health.Probe;

/** One call of {@code health}. */
@Command
final class HealthCall implements Callable<Void> {

  private static final Table<Checked> CHECKS =
      Table.of(
          new Column<>("Check", "check", Checked::name),
          new Column<>("Status", "status", checked -> checked.finding().status()),
          new Column<>("Reason", "reason", checked -> checked.finding().reason()));

  private final Health health;
  private final Call call;

  @Parameters(
      paramLabel = "PROBE",
      arity = "0..1",
      defaultValue = "readiness",
      converter = Probes.class,
      completionCandidates = Probes.class,
      description = {
        "startup: whether the start is over; readiness: whether new clients may come;",
        "liveness: whether the host makes progress. Without it: readiness."
      })
  private Probe probe;

  @Option(names = "--json", description = "Writes one JSON array.")
  private boolean json;

  HealthCall(Health health, Call call) {
    this.health = health;
    this.call = call;
  }

  @Override
  public Void call() throws CommandException {
    HealthReport report = health.report(probe);
    call.show(CHECKS, report.checks(), Form.json(json));
    if (!report.succeeds()) {
      throw new CommandException("health: " + probe.word() + " fails: " + failed(report));
    }
    return null;
  }

  private static String failed(HealthReport report) {
    return report.checks().stream()
        .filter(checked -> checked.finding().status() == Status.FAILED)
        .map(Checked::name)
        .collect(Collectors.joining(", "));
  }

  /** The probes, by the words that people and programs write. */
  static final class Probes implements ITypeConverter<Probe>, Iterable<String> {

    private static final List<String> WORDS =
        Arrays.stream(Probe.values()).map(Probe::word).toList();

    @Override
    public Probe convert(String text) {
      return Arrays.stream(Probe.values())
          .filter(probe -> probe.word().equals(text))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("allowed are " + String.join(", ", WORDS)));
    }

    @Override
    public Iterator<String> iterator() {
      return WORDS.iterator();
    }
  }
}
