package slipway.server.acceptor;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AcceptorAdmin;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.admin.AdminException;
import slipway.admin.RefusedFile;
import slipway.config.ConfigurationStore;
import slipway.config.InvalidConfiguration;
import slipway.service.Audience;

/**
 * The states of acceptors for operators. A state is saved first and takes effect through its
 * configuration, as if an operator had edited the file, so states change in only one way.
 */
@Component
public final class HostAcceptorAdmin implements AcceptorAdmin {

  private static final long APPLIED_SECONDS = 10;

  private final Acceptors acceptors;
  private final ConfigurationStore store;

  /** For Declarative Services. */
  @Activate
  public HostAcceptorAdmin(@Reference Acceptors acceptors, @Reference ConfigurationStore store) {
    this.acceptors = acceptors;
    this.store = store;
  }

  @Override
  public List<AcceptorStatus> acceptors() {
    List<RefusedFile> refused = refusedFiles();
    return acceptors.statuses().stream().map(acceptor -> told(acceptor, refused)).toList();
  }

  /** With the reason why the file that it comes from is refused. One that is coming up has none. */
  private static AcceptorStatus told(AcceptorStatus acceptor, List<RefusedFile> refused) {
    String reason =
        refused.stream()
            .filter(file -> file.goOn().contains(acceptor.name()))
            .map(file -> "conf/" + file.file() + " is refused: " + file.reason())
            .findFirst()
            .orElse("");
    if (reason.isEmpty() || acceptor.reason().isEmpty() && !acceptor.bound()) {
      return acceptor;
    }
    return acceptor.withReason(
        acceptor.reason().isEmpty() ? reason : acceptor.reason() + "; " + reason);
  }

  @Override
  public List<RefusedFile> refusedFiles() {
    return store.refusals(AcceptorConfig.PID);
  }

  @Override
  public List<AcceptorStatus> setState(String target, AcceptorState state)
      throws AdminException, InterruptedException {
    String meant = target.strip();
    Set<String> names = meant(meant);
    return names.isEmpty() ? List.of(create(meant, state)) : change(meant, names, state);
  }

  private Set<String> meant(String target) {
    Set<String> names = names(acceptor -> Integer.toString(acceptor.port()).equals(target));
    return names.isEmpty() || target.equals("0")
        ? names(acceptor -> acceptor.name().equals(target))
        : names;
  }

  private Set<String> names(Predicate<AcceptorStatus> which) {
    return acceptors().stream()
        .filter(which)
        .map(AcceptorStatus::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public List<AcceptorStatus> setAll(AcceptorState state)
      throws AdminException, InterruptedException {
    return change(names(acceptor -> acceptor.audience() == Audience.USERS), state);
  }

  @Override
  public List<AcceptorStatus> pause(Optional<String> target)
      throws AdminException, InterruptedException {
    return setPresent(target, AcceptorState.STOP);
  }

  @Override
  public List<AcceptorStatus> resume(Optional<String> target)
      throws AdminException, InterruptedException {
    return setPresent(target, AcceptorState.START);
  }

  private List<AcceptorStatus> setPresent(Optional<String> target, AcceptorState state)
      throws AdminException, InterruptedException {
    return target.isEmpty()
        ? setAll(state)
        : change(target.get().strip(), present(target.get()), state);
  }

  private Set<String> present(String target) throws AdminException {
    Set<String> names = meant(target.strip());
    if (names.isEmpty()) {
      throw new AdminException(
          "no acceptor has the port or name " + target.strip() + "; there are " + listed());
    }
    return names;
  }

  private String listed() {
    return acceptors().stream()
        .map(acceptor -> acceptor.name() + " (" + acceptor.port() + ")")
        .collect(Collectors.joining(", "));
  }

  private AcceptorStatus create(String target, AcceptorState state)
      throws AdminException, InterruptedException {
    int port = port(target);
    if (state == AcceptorState.CLOSE) {
      throw new AdminException("no acceptor has the port " + port + "; there are " + listed());
    }
    Map<String, String> settings =
        Map.of("ip", "127.0.0.1", "port", Integer.toString(port), "state", state.name());
    // a file of that name may have come a moment ago: its other keys are the operator's
    if (!isChanged(target, state)) {
      isSaved(
          target,
          () -> {
            store.save(AcceptorConfig.PID, target, settings);
            return true;
          });
    }
    await(target, isIn(target, state));
    return reported(Set.of(target)).get(0);
  }

  private int port(String target) throws AdminException {
    try {
      int port = Integer.parseInt(target);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notAPort) {
      // told below, as a number out of range is
    }
    throw new AdminException(
        "acceptor "
            + target
            + ": allowed is a port from 1 to 65535, or one of "
            + acceptors().stream().map(AcceptorStatus::name).collect(Collectors.joining(", ")));
  }

  /** Like the other one; refuses the target if everything that it meant has gone meanwhile. */
  private List<AcceptorStatus> change(String target, Set<String> names, AcceptorState state)
      throws AdminException, InterruptedException {
    List<AcceptorStatus> changed = change(names, state);
    if (changed.isEmpty() && state != AcceptorState.CLOSE) {
      throw new AdminException(
          "no acceptor has the port or name " + target + " any more; there are " + listed());
    }
    return changed;
  }

  /**
   * Creates none: an acceptor whose file has been deleted meanwhile is not among those returned.
   */
  private List<AcceptorStatus> change(Set<String> names, AcceptorState state)
      throws AdminException, InterruptedException {
    for (String name : names) {
      if (state == AcceptorState.CLOSE) {
        remove(name);
      } else if (isChanged(name, state)) {
        await(name, isIn(name, state).or(isGone(name)));
      } else {
        await(name, isGone(name));
      }
    }
    return state == AcceptorState.CLOSE ? List.of() : reported(names);
  }

  /** Whether there is such an acceptor, which has the state in its file then. */
  private boolean isChanged(String name, AcceptorState state) throws AdminException {
    return isSaved(
        name, () -> store.change(AcceptorConfig.PID, name, Map.of("state", state.name())));
  }

  private static Predicate<Map<String, Acceptor>> isIn(String name, AcceptorState state) {
    return all -> all.containsKey(name) && all.get(name).settings().state() == state;
  }

  private static Predicate<Map<String, Acceptor>> isGone(String name) {
    return all -> !all.containsKey(name);
  }

  /** What the store is asked for, and whether it has done it. */
  private interface Saving {
    boolean save() throws IOException, InvalidConfiguration;
  }

  private static boolean isSaved(String name, Saving saving) throws AdminException {
    try {
      return saving.save();
    } catch (InvalidConfiguration refused) {
      throw new AdminException("acceptor " + name + ": " + refused.getMessage(), refused);
    } catch (IOException failed) {
      throw new AdminException("acceptor " + name + ": not saved: " + failed.getMessage(), failed);
    }
  }

  private void remove(String name) throws AdminException, InterruptedException {
    if (acceptors().stream()
        .anyMatch(acceptor -> acceptor.name().equals(name) && AcceptorSettings.isWayIn(acceptor))) {
      throw new AdminException(
          "acceptor " + name + " stays START: operators reach the host through it");
    }
    try {
      store.remove(AcceptorConfig.PID, name);
    } catch (IOException failed) {
      throw new AdminException(
          "acceptor " + name + ": not removed: " + failed.getMessage(), failed);
    }
    await(name, isGone(name));
  }

  private void await(String name, Predicate<Map<String, Acceptor>> applied)
      throws AdminException, InterruptedException {
    CompletableFuture<Void> met = acceptors.when(applied);
    try {
      met.get(APPLIED_SECONDS, SECONDS);
    } catch (TimeoutException | ExecutionException late) {
      throw new AdminException(
          "acceptor " + name + ": saved, but it did not take effect; see the log", late);
    } finally {
      met.cancel(false);
    }
  }

  private List<AcceptorStatus> reported(Set<String> names) throws AdminException {
    List<AcceptorStatus> changed =
        acceptors().stream().filter(acceptor -> names.contains(acceptor.name())).toList();
    String failures =
        changed.stream()
            .filter(acceptor -> !acceptor.bound())
            .map(
                acceptor ->
                    "acceptor "
                        + acceptor.name()
                        + " is "
                        + acceptor.state()
                        + ", but "
                        + acceptor.reason())
            .collect(Collectors.joining("; "));
    if (!failures.isEmpty()) {
      throw new AdminException(failures);
    }
    return changed;
  }

  @Override
  public Suspension suspend() {
    return hold(Hold.SUSPENDED);
  }

  @Override
  public Suspension withdraw() {
    return hold(Hold.WITHDRAWN);
  }

  private Suspension hold(Hold hold) {
    acceptors.hold(hold);
    AtomicBoolean closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) {
        acceptors.release(hold);
      }
    };
  }
}
