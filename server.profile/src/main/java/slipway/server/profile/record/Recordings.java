package slipway.server.profile.record;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedSet;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.DumpAdmin;
import slipway.command.Call;
import slipway.command.CommandException;

/** The verbs of {@code profile} that leave files, which are in {@code var/dump} if not named. */
@Component(service = Recordings.class)
public final class Recordings {

  private final Flames flames;
  private final LastMinutes last;
  private final DumpAdmin dumps;
  private final NewFile files;

  /** For Declarative Services. */
  @Activate
  public Recordings(
      @Reference Flames flames,
      @Reference LastMinutes last,
      @Reference DumpAdmin dumps,
      BundleContext context) {
    this(
        flames,
        last,
        dumps,
        Path.of(context.getProperty("slipway.home"), "var", "dump").toAbsolutePath(),
        Clock.systemUTC());
  }

  /**
   * Makes it.
   *
   * @param dumps by which what was recorded is written
   * @param folder of flame graphs that are not named; need not be there
   */
  public Recordings(
      Flames flames, LastMinutes last, DumpAdmin dumps, Path folder, InstantSource clock) {
    this.flames = flames;
    this.last = last;
    this.dumps = dumps;
    this.files = new NewFile(folder, clock);
  }

  /**
   * Draws a flame graph of what code does for some time.
   *
   * @param isAllocation whether it is what code allocates; else what it computes
   * @param service whose code; null for all
   * @param file where it is written; null for a file of its own
   * @throws InterruptedException if the caller leaves; nothing is written then
   */
  public void flame(Call call, boolean isAllocation, String service, Duration time, String file)
      throws CommandException, InterruptedException {
    new FlameVerb(flames, files, call).run(new FlameSpec(isAllocation, service, time), file);
  }

  /** The services that flame graphs can be drawn of, in their order. */
  public SortedSet<String> services() {
    return flames.services();
  }

  /**
   * Begins, ends or writes the recording of the last minutes.
   *
   * @param turn what is to be done; null to say how it is
   */
  public void record(Call call, RecordTurn turn) throws CommandException, InterruptedException {
    new RecordVerb(last, dumps, call).run(turn);
  }
}
