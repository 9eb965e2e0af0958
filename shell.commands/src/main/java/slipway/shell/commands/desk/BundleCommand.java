package slipway.shell.commands.desk;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import slipway.admin.AdminException;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceUse;
import slipway.command.Command;
import slipway.command.CommandException;

/**
 * A command that bundles bring. For a service bundle it is the command of the version that serves,
 * which a lease keeps.
 */
final class BundleCommand implements DeskCommand {

  private final BundleContext context;
  private final Provision provision;
  private final Supplier<ServiceAdmin> services;
  private final Duration patience;

  /**
   * Makes one.
   *
   * @param context the desk's own
   * @param provision what the manifest says
   * @param services gives leases; its value is null while it is absent
   * @param patience how long a version that serves may take to register its command; not zero
   */
  BundleCommand(
      BundleContext context,
      Provision provision,
      Supplier<ServiceAdmin> services,
      Duration patience) {
    this.context = context;
    this.provision = provision;
    this.services = services;
    this.patience = patience;
  }

  @Override
  public CommandHead head() {
    return provision.head();
  }

  @Override
  public Taken take(Consumer<String> waits) throws Exception {
    return provision.service().isPresent()
        ? takeOf(provision.service().get(), waits)
        : found(provision.bundle().getBundleId())
            .orElseThrow(
                () ->
                    new CommandException(
                        head().name()
                            + ": bundle "
                            + provision.bundle().getBundleId()
                            + ", which brings it, is not active, or cannot make it; see the log"));
  }

  private Taken takeOf(String service, Consumer<String> waits)
      throws CommandException, InterruptedException {
    ServiceAdmin admin = services.get();
    if (admin == null) {
      throw new CommandException(
          head().name()
              + ": nothing manages the host's services now: the host is starting or stopping");
    }
    waits.accept(service + " to start");
    Interruption interruption = new Interruption(Thread.currentThread());
    ServiceUse use = use(admin, service, interruption);
    try {
      Taken found = brought(service, use.bundleId());
      return new Taken(
          found.command(),
          () -> {
            interruption.end();
            found.close();
            use.close();
          });
    } catch (CommandException | InterruptedException none) {
      interruption.end();
      use.close();
      throw none;
    }
  }

  /** A version that has just registered its service may register its command a moment later. */
  private Taken brought(String service, long bundleId)
      throws CommandException, InterruptedException {
    Bundle version = context.getBundle(bundleId);
    if (version == null
        || Provision.of(version).stream()
            .noneMatch(each -> each.head().name().equals(head().name()))) {
      throw new CommandException(
          head().name()
              + ": the version of "
              + service
              + " that serves does not bring this command");
    }
    ServiceTracker<Command, Command> arrival =
        new ServiceTracker<>(context, filter(bundleId), null);
    arrival.open();
    try {
      arrival.waitForService(patience.toMillis());
      return found(bundleId)
          .orElseThrow(
              () ->
                  new CommandException(
                      head().name()
                          + ": the version of "
                          + service
                          + " that serves cannot make this command; see the log"));
    } finally {
      arrival.close();
    }
  }

  private Filter filter(long bundleId) {
    try {
      return context.createFilter(
          "(&("
              + Constants.OBJECTCLASS
              + "="
              + Command.class.getName()
              + ")("
              + Command.NAME
              + "="
              + head().name()
              + ")("
              + Constants.SERVICE_BUNDLEID
              + "="
              + bundleId
              + "))");
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ServiceUse use(ServiceAdmin admin, String service, Interruption interruption)
      throws CommandException, InterruptedException {
    try {
      return admin.use(service, interruption::interrupt);
    } catch (AdminException refused) {
      throw new CommandException(
          head().name() + ": " + refused.getMessage() + "; libctl ps says more", refused);
    }
  }

  @Override
  public Optional<Taken> takeIfThere() {
    return references().max(Comparator.naturalOrder()).flatMap(this::get);
  }

  private Optional<Taken> found(long bundleId) {
    return references()
        .filter(
            reference ->
                reference.getBundle() != null && reference.getBundle().getBundleId() == bundleId)
        .findFirst()
        .flatMap(this::get);
  }

  private Optional<Taken> get(ServiceReference<Command> reference) {
    return Optional.ofNullable(context.getService(reference))
        .map(command -> new Taken(command, () -> context.ungetService(reference)));
  }

  private Stream<ServiceReference<Command>> references() {
    try {
      String filter = "(" + Command.NAME + "=" + head().name() + ")";
      return context.getServiceReferences(Command.class, filter).stream();
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
