package slipway.server.core.host;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.dump.DumpReport;

/**
 * Says once, on standard output and in the file {@code var/run/ready}, that the host is ready, or
 * what is missing: the framework has started, every acceptor has tried to bind its address, and
 * every FIXED service to start.
 */
@Component(service = {})
public final class StartReport implements FrameworkListener {

  private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 5;

  private final BundleContext context;
  private final StartSurvey survey;
  private final DumpReport dumps;
  private final HostPhase phase;
  private volatile Thread reporter;

  /** For Declarative Services. */
  @Activate
  public StartReport(
      BundleContext context,
      @Reference StartSurvey survey,
      @Reference DumpReport dumps,
      @Reference HostPhase phase) {
    this.context = context;
    this.survey = survey;
    this.dumps = dumps;
    this.phase = phase;
    context.addFrameworkListener(this);
    if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE) {
      start();
    }
  }

  @Deactivate
  void deactivate() {
    context.removeFrameworkListener(this);
    if (reporter != null) {
      reporter.interrupt();
    }
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) {
      start();
    }
  }

  private synchronized void start() {
    if (reporter == null) {
      reporter = Thread.ofPlatform().daemon().name("slipway-start-report").start(this::report);
    }
  }

  private void report() {
    try {
      Instant patience = Instant.now().plus(PATIENCE);
      while (!survey.isSettled() && Instant.now().isBefore(patience)) {
        Thread.sleep(LOOK_MILLIS);
      }
      tell();
      dumps.begin(); // now, as it names services
    } catch (InterruptedException stopped) {
      // the host ends before it was ready
    } catch (IOException failed) {
      LOG.error("the start could not be reported", failed);
    }
  }

  private void tell() throws IOException {
    List<String> problems = survey.problems();
    String line =
        String.format(
            Locale.ROOT,
            "Slipway %s is ready after %.2f s: %s",
            context.getBundle().getVersion(),
            ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
            survey.summary());
    LOG.info(line);
    System.out.println(line);
    List<String> more = Stream.concat(survey.warnings().stream(), problems.stream()).toList();
    more.forEach(System.out::println);
    try {
      write(line, problems, more);
    } finally {
      phase.started(new HostPhase.Start(line, problems));
    }
  }

  private void write(String line, List<String> problems, List<String> more) throws IOException {
    String home = context.getProperty("slipway.home");
    if (home != null) {
      Path directory =
          Files.createDirectories(
              Path.of(home, "var", "run"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path file = directory.resolve("ready.new");
      Files.write(
          file,
          Stream.concat(Stream.of(problems.isEmpty() ? "ok" : "incomplete", line), more.stream())
              .toList());
      Files.move(file, directory.resolve("ready"), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
