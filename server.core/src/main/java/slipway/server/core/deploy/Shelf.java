package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.DeployAdmin.Refused;
import slipway.server.core.deploy.FileState.Fate;
import slipway.server.core.deploy.NotDeployed.Retry;

/**
 * The jars in {@code services/}, and what has become of each. It looks at them again and again, and
 * what is new is deployed.
 *
 * <p>A file counts by its content: one that was renamed, touched or copied onto itself is what it
 * was. One that was refused is tried again when anything about it changes. A file is taken for gone
 * when two looks in a row have not found it, as it may be on its way to another name.
 *
 * <p>Belongs to the deployer's thread.
 */
final class Shelf implements Fates {

  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  /** The pauses between tries for want of something: the first, and what they grow to. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final FolderLook folder;
  private final Versions versions;
  private final SharedBundles libraries;
  private final Restoration restoration;
  private final Rest rest;
  private final BiConsumer<String, String> remark;
  private final LongSupplier nanos;
  private final Map<Path, FileState> states = new TreeMap<>();
  private final Set<Path> missing = new HashSet<>();

  /** Libraries whose files are gone and that stay, each with the reason. */
  private final Map<Path, String> left = new TreeMap<>();

  /** What the look that is under way has found. */
  private SortedMap<Path, FileStamp> found = new TreeMap<>();

  private boolean looked;
  private String trouble = "";

  /** For other threads, which need not wait for one that copies a large jar. */
  private volatile boolean settled;

  private volatile List<Refused> refused = List.of();

  /**
   * Makes the shelf; its first look restores what served when the host ended.
   *
   * @param remark tells operators something about a service; an empty text takes it back
   */
  Shelf(
      FolderLook folder,
      Versions versions,
      SharedBundles libraries,
      Restoration restoration,
      Rest rest,
      BiConsumer<String, String> remark,
      LongSupplier nanos) {
    this.folder = folder;
    this.versions = versions;
    this.libraries = libraries;
    this.restoration = restoration;
    this.rest = rest;
    this.remark = remark;
    this.nanos = nanos;
  }

  // ---- looking ---------------------------------------------------------------------------------

  /** Looks at the folder, and does what has to be done. Never fails. */
  void look() {
    try {
      found = folder.jars();
      trouble = "";
    } catch (IOException unreadable) {
      String now = Trouble.of(unreadable);
      if (!now.equals(trouble)) {
        LOG.error("{} cannot be read, so what serves goes on: {}", folder.folder(), now);
      }
      trouble = now;
      return;
    }
    Map<Path, ServiceJar> news = new TreeMap<>();
    found.forEach(
        (file, stamp) -> {
          if (isDue(file, stamp)) {
            guarded(file, () -> read(file, stamp).ifPresent(jar -> news.put(file, jar)));
          }
        });
    news.forEach( // what services share comes before them
        (file, jar) -> {
          if (jar.service().isEmpty()) {
            guarded(file, () -> library(file, jar));
          }
        });
    news.values().removeIf(jar -> jar.service().isEmpty());
    if (looked) {
      news.forEach((file, jar) -> guarded(file, () -> service(file, jar)));
    } else {
      libraries.restore(unreadable());
      restore(news);
    }
    leave();
    List.copyOf(left.keySet()).forEach(file -> guarded(file, () -> departedBefore(file)));
    looked = true;
    show();
  }

  private boolean isDue(Path file, FileStamp stamp) {
    FileState state = states.get(file);
    return state == null
        || !state.stamp().equals(stamp)
        || state.due().filter(due -> nanos.getAsLong() - due >= 0).isPresent();
  }

  /** An error of ours costs the file that met it, and does not end the watch. */
  private void guarded(Path file, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      LOG.error("{} cannot be deployed", file.getFileName(), failure);
      refuse(
          file,
          Optional.empty(),
          NotDeployed.refused("an error in the host, see the log: " + failure));
    }
  }

  private Optional<ServiceJar> read(Path file, FileStamp stamp) {
    try {
      ServiceJar jar = ServiceJar.read(file);
      if (hasChanged(file)) {
        await(file, stamp);
        return Optional.empty();
      }
      rest.forget(file);
      return Optional.of(jar);
    } catch (NoSuchFileException gone) {
      absent(file, stamp);
    } catch (ServiceJar.Unfit unfit) {
      unfit(file, stamp, unfit);
    } catch (IOException failed) {
      refuse(file, Optional.empty(), NotDeployed.of(failed));
    }
    return Optional.empty();
  }

  /** A file that has gone just now, or a link to one, which may be on its way still. */
  private void absent(Path file, FileStamp stamp) {
    FileState before = states.get(file);
    if (!Files.isSymbolicLink(file)) {
      LOG.debug("{} is gone", file.getFileName());
    } else if (before == null || before.jar().isPresent() || !before.stamp().equals(stamp)) {
      await(file, stamp);
    } else {
      refuse(
          file,
          Optional.empty(),
          NotDeployed.refused("it is a link to " + target(file) + ", and there is no such file"));
    }
  }

  /** It may be on its way still: it is looked at again when it changes, and in a moment. */
  private void await(Path file, FileStamp stamp) {
    states.put(file, FileState.arrives(stamp, nanos.getAsLong() + Rest.MOMENT.toNanos()));
  }

  /** Whether there is another content than the one that this look has found. */
  private boolean hasChanged(Path file) {
    return !FileStamp.of(file).equals(Optional.ofNullable(found.get(file)));
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString().replaceAll("\\p{Cntrl}", "?");
    } catch (IOException gone) {
      return "nothing";
    }
  }

  private void unfit(Path file, FileStamp stamp, ServiceJar.Unfit reason) {
    try {
      if (rest.has(file)) {
        refuse(file, Optional.empty(), NotDeployed.of(reason));
      } else {
        await(file, stamp);
      }
    } catch (IOException gone) {
      LOG.debug("{} is gone: {}", file.getFileName(), gone.getMessage());
    }
  }

  // ---- files that are there --------------------------------------------------------------------

  private void library(Path file, ServiceJar jar) {
    boolean known = hold(file, jar, Fate.LIBRARY);
    versions.withdraw(file, service -> true);
    Optional<Path> same = libraries.file(jar.digest());
    if (known || same.filter(file::equals).isPresent()) {
      put(file, jar, Fate.LIBRARY);
    } else if (same.filter(old -> !found.containsKey(old)).isPresent()) {
      forget(same.get());
      libraries.renamed(same.get(), file);
      put(file, jar, Fate.LIBRARY);
    } else {
      put(file, jar, Fate.TRIED);
      libraries.offer(jar, file, (offered, refused) -> answered(file, offered, refused));
    }
  }

  private void answered(Path file, ServiceJar jar, NotDeployed refused) {
    FileState state = states.get(file);
    if (state == null || !state.has(jar.digest())) {
      return;
    }
    if (refused == null) {
      states.put(file, state.with(Fate.LIBRARY));
    } else if (found.containsKey(file) && hasChanged(file)) {
      await(file, found.get(file));
    } else {
      refuse(file, Optional.of(jar), refused);
    }
    show();
  }

  private void service(Path file, ServiceJar jar) {
    String service = jar.service().orElseThrow();
    if (hold(file, jar, Fate.TRIED) || hold(file, jar, Fate.SPARE)) {
      return;
    }
    departed(file);
    Optional<Deployed> serving =
        versions.serving(service).filter(deployed -> deployed.has(jar.digest()));
    if (serving.isEmpty()) {
      deploy(file, jar);
      return;
    }
    Path target = serving.get().target();
    if (!target.equals(file) && !found.containsKey(target)) {
      LOG.info("{}: {} is {} now", service, target.getFileName(), file.getFileName());
      forget(target);
      versions.renamed(target, file);
      target = file;
    }
    put(file, jar, target.equals(file) ? Fate.SERVES : Fate.SPARE);
    supplant(file, service);
    clear(service);
    warn(service);
  }

  /** Whether that is what a file had come to, with this content; then it has a new stamp alone. */
  private boolean hold(Path file, ServiceJar jar, Fate fate) {
    FileState state = states.get(file);
    boolean same = state != null && state.is(fate) && state.has(jar.digest());
    if (same) {
      states.put(file, state.with(found.get(file)));
    }
    return same;
  }

  /** Installs a file's content; false if it was refused, which is told then. */
  private boolean deploy(Path file, ServiceJar jar) {
    try {
      versions.deploy(jar, file, "file", file.getFileName().toString(), false);
      put(file, jar, Fate.TRIED);
      supplant(file, jar.service().orElseThrow());
      return true;
    } catch (NotDeployed refused) {
      if (found.containsKey(file) && hasChanged(file)) { // what was refused is not there any more
        await(file, found.get(file));
      } else {
        refuse(file, Optional.of(jar), refused);
      }
      return false;
    }
  }

  /** A file provides another service than before: that one is taken away. */
  private void supplant(Path file, String service) {
    versions
        .serving(file)
        .map(Deployed::service)
        .filter(before -> !before.equals(service))
        .ifPresent(
            before -> {
              LOG.warn(
                  "{}: {} provides {} now, and no longer {}, which is taken away",
                  before,
                  file.getFileName(),
                  service,
                  before);
              succeed(before, file);
            });
    versions.withdraw(file, before -> !before.equals(service));
  }

  private void put(Path file, ServiceJar jar, Fate fate) {
    FileStamp stamp = found.get(file);
    states.put(file, FileState.of(stamp == null ? new FileStamp(List.of()) : stamp, jar, fate));
  }

  private void forget(Path file) {
    states.remove(file);
    missing.remove(file);
    rest.forget(file);
  }

  // ---- files that are not deployed -------------------------------------------------------------

  private void refuse(Path file, Optional<ServiceJar> jar, NotDeployed refused) {
    if (shelve(file, jar, refused)) {
      LOG.error("{} was not deployed: {}", file.getFileName(), refused.getMessage());
    }
    jar.flatMap(ServiceJar::service)
        .flatMap(versions::serving)
        .or(() -> versions.serving(file))
        .map(Deployed::service)
        .ifPresent(
            service ->
                remark.accept(
                    service, file.getFileName() + " was not deployed: " + refused.getMessage()));
  }

  /** Notes that a file is refused; true if that is news. */
  private boolean shelve(Path file, Optional<ServiceJar> jar, NotDeployed refused) {
    FileState before = states.get(file);
    FileStamp stamp = found.getOrDefault(file, new FileStamp(List.of()));
    boolean again = before != null && before.is(Fate.REFUSED) && before.stamp().equals(stamp);
    int tries = again ? before.tries() + 1 : 0;
    Optional<Long> due =
        refused.retry() == Retry.SOON
            ? Optional.of(nanos.getAsLong() + pause(tries).toNanos())
            : Optional.empty();
    String reason = refused.getMessage();
    states.put(file, new FileState(stamp, jar, Fate.REFUSED, reason, refused.retry(), due, tries));
    return !again || !before.reason().equals(reason);
  }

  /** There is nothing more to say of a service, unless a file of it is refused. */
  private void clear(String service) {
    boolean refused =
        states.values().stream()
            .anyMatch(state -> state.is(Fate.REFUSED) && state.provides(service));
    if (!refused) {
      remark.accept(service, "");
    }
  }

  private static Duration pause(int tries) {
    Duration pause = PAUSE.multipliedBy(1L << Math.min(tries, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** There are other packages now: what did not resolve is tried again at the next look. */
  void packagesChanged() {
    states.replaceAll(
        (file, state) ->
            state.is(Fate.REFUSED) && state.retry() == Retry.ON_PACKAGES
                ? state.dueAt(nanos.getAsLong())
                : state);
  }

  // ---- files that are gone ---------------------------------------------------------------------

  private void leave() {
    missing.removeAll(found.keySet());
    for (Path file : List.copyOf(states.keySet())) {
      if (!found.containsKey(file) && !missing.add(file)) {
        guarded(file, () -> depart(file));
      }
    }
  }

  private void depart(Path file) {
    LOG.info("{} is gone", file.getFileName());
    Optional<String> service =
        versions
            .serving(file)
            .map(Deployed::service)
            .or(() -> states.get(file).jar().flatMap(ServiceJar::service));
    forget(file);
    departed(file);
    service.ifPresent(
        name -> {
          succeed(name, file);
          clear(name);
        });
    versions.withdraw(file, any -> true);
  }

  /** A library that is in use stays, and is told of until its file is back or nobody uses it. */
  private void departed(Path file) {
    Optional<String> reason = libraries.departed(file);
    if (reason.isEmpty()) {
      left.remove(file);
    } else if (!reason.get().equals(left.put(file, reason.get()))) {
      LOG.warn("{}: {}", file.getFileName(), reason.get());
    }
  }

  private void departedBefore(Path file) {
    FileState state = states.get(file);
    boolean service = state != null && state.jar().flatMap(ServiceJar::service).isPresent();
    if (found.containsKey(file) && !service) {
      left.remove(file); // it is back; its content may be another one, and is told of itself
    } else {
      departed(file);
    }
  }

  /**
   * Another file that provides what this one serves takes its place: the newest that is not
   * refused.
   */
  private void succeed(String service, Path leaving) {
    if (versions.serving(leaving).filter(one -> one.service().equals(service)).isEmpty()) {
      return;
    }
    deploySpare(service, leaving);
  }

  private boolean deploySpare(String service, Path instead) {
    Optional<Path> spare = spare(service, instead);
    while (spare.isPresent()) { // one that is refused is no spare any more
      if (deploy(spare.get(), states.get(spare.get()).jar().orElseThrow())) {
        LOG.warn("{}: {} takes its place", service, spare.get().getFileName());
        return true;
      }
      spare = spare(service, instead);
    }
    return false;
  }

  private Optional<Path> spare(String service, Path leaving) {
    return states.entrySet().stream()
        .filter(some -> !some.getKey().equals(leaving))
        .filter(some -> some.getValue().is(Fate.SPARE) && some.getValue().provides(service))
        .map(Map.Entry::getKey)
        .max(Comparator.comparing((Path some) -> states.get(some).jar().orElseThrow().version()));
  }

  // ---- the first look --------------------------------------------------------------------------

  /** What served when the host ended serves again; then what is new is tried beside it. */
  private void restore(Map<Path, ServiceJar> news) {
    Map<String, Map<Path, ServiceJar>> services = new TreeMap<>();
    news.forEach(
        (file, jar) ->
            services
                .computeIfAbsent(jar.service().orElseThrow(), name -> new TreeMap<>())
                .put(file, jar));
    services.forEach(
        (service, files) -> {
          Path file = restoration.chosen(service, files);
          guarded(file, () -> restore(service, file, files));
        });
    restoration.lost(services.keySet()).forEach(this::fallBack);
  }

  private void restore(String service, Path file, Map<Path, ServiceJar> files) {
    files.forEach((other, jar) -> put(other, jar, Fate.SPARE));
    ServiceJar jar = files.get(file);
    Optional<Entry> damaged = restoration.served(service).filter(this::isDamaged);
    if (damaged.isPresent() && !damaged.get().digest().equals(jar.digest())) {
      fallBack(damaged.get()); // its file is there, and the others have not served
    } else {
      restoration.beside(service, file, jar);
      if (!deploy(file, jar) && restoration.served(service).isEmpty()) {
        deploySpare(service, file);
      }
      files.remove(file);
    }
    restoration.failed(files).forEach(again -> guarded(again, () -> retry(again, service)));
  }

  /** Tries what has failed before the start once more, beside what served. */
  private void retry(Path file, String service) {
    if (!deploy(file, states.get(file).jar().orElseThrow())) {
      remark.accept(
          service, file.getFileName() + " was not deployed: " + states.get(file).reason());
    }
  }

  /** No file that can be read provides what served: its file may be there all the same. */
  private void fallBack(Entry served) {
    if (!isDamaged(served)) {
      restoration.end(served);
      return;
    }
    Path file = folder.folder().resolve(served.file());
    guarded(
        file,
        () -> {
          restoration.again(served, file);
          FileState state = states.get(file);
          if (state.is(Fate.REFUSED)) { // one that arrives still is told of when it does not come
            remark.accept(
                served.service(), file.getFileName() + " was not deployed: " + state.reason());
          }
        });
  }

  /** Whether the file that a version was is there and cannot be read. */
  private boolean isDamaged(Entry served) {
    return !served.file().isEmpty()
        && unreadable().contains(folder.folder().resolve(served.file()));
  }

  private Set<Path> unreadable() {
    return states.entrySet().stream()
        .filter(some -> some.getValue().jar().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  // ---- what becomes of them --------------------------------------------------------------------

  @Override
  public void serves(Deployed deployed) {
    FileState state = states.get(deployed.target());
    if (state == null || !state.has(deployed.jar().digest())) {
      return; // the copy of what served before, or what an operator is about to install
    }
    states.put(deployed.target(), state.with(Fate.SERVES));
    clear(deployed.service());
    warn(deployed.service());
    show();
  }

  @Override
  public boolean isRunning() {
    return looked;
  }

  @Override
  public void stays(Deployed deployed) {
    FileState state = states.get(deployed.target());
    if (state != null && state.has(deployed.jar().digest())) {
      states.put(deployed.target(), state.with(Fate.SERVES));
      show();
    }
  }

  @Override
  public boolean follow(Deployed deployed, NotDeployed reason) {
    Path file = deployed.target();
    boolean followed = deploySpare(deployed.service(), file);
    if (followed) {
      remark.accept(
          deployed.service(), file.getFileName() + " was not deployed: " + reason.getMessage());
    }
    return followed;
  }

  @Override
  public void overtaken(Deployed deployed) {
    FileState state = states.get(deployed.target());
    if (state != null && state.is(Fate.TRIED) && state.has(deployed.jar().digest())) {
      states.put(deployed.target(), state.with(Fate.SPARE));
      show();
    }
  }

  @Override
  public void failed(Deployed deployed, NotDeployed reason) {
    FileState state = states.get(deployed.target());
    if (state != null && state.has(deployed.jar().digest())) {
      shelve(deployed.target(), state.jar(), reason); // the service's life has told of it
      show();
    }
  }

  /** Says which of several files serves, and makes the others spares. */
  private void warn(String service) {
    List<Path> files =
        states.entrySet().stream()
            .filter(some -> some.getValue().provides(service))
            .filter(some -> !some.getValue().is(Fate.REFUSED))
            .map(Map.Entry::getKey)
            .toList();
    Optional<Path> serving = versions.serving(service).map(Deployed::target);
    if (files.size() < 2 || serving.isEmpty()) {
      return;
    }
    for (Path file : files) {
      if (!file.equals(serving.get()) && states.get(file).is(Fate.SERVES)) {
        states.put(file, states.get(file).with(Fate.SPARE));
      }
    }
    LOG.warn(
        "{}: {} provide it, and {} serves: take the others away",
        service,
        files.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(", ")),
        serving.get().getFileName());
  }

  // ---- for others ------------------------------------------------------------------------------

  /**
   * Whether the first look is over, and it is known of each file what has become of it. May be
   * called from any thread.
   */
  boolean isSettled() {
    return settled;
  }

  /** The files that are not deployed, by their names. May be called from any thread. */
  List<Refused> refused() {
    return refused;
  }

  private void show() {
    Stream<Refused> files =
        states.entrySet().stream()
            .filter(some -> some.getValue().is(Fate.REFUSED))
            .map(
                some ->
                    new Refused(
                        some.getKey().getFileName().toString(),
                        some.getValue().jar().flatMap(ServiceJar::service).orElse(""),
                        some.getValue().reason()));
    Stream<Refused> gone =
        left.entrySet().stream()
            .map(some -> new Refused(some.getKey().getFileName().toString(), "", some.getValue()));
    refused = Stream.concat(files, gone).sorted(Comparator.comparing(Refused::file)).toList();
    settled =
        looked
            && states.values().stream()
                .noneMatch(state -> state.is(Fate.TRIED) || state.is(Fate.ARRIVES));
  }

  /** Whether a file is taken by something else than what this jar provides. */
  boolean isTaken(Path file, ServiceJar jar) {
    return Optional.ofNullable(states.get(file))
        .flatMap(FileState::jar)
        .filter(
            there ->
                !there.service().equals(jar.service())
                    || jar.service().isEmpty() && !there.symbolicName().equals(jar.symbolicName()))
        .isPresent();
  }

  /** A file was written here: it is what was deployed before. */
  void published(Path file, ServiceJar jar) {
    FileStamp.of(file).ifPresent(stamp -> found.put(file, stamp));
    boolean service = jar.service().isPresent();
    put(file, jar, service ? Fate.SERVES : Fate.LIBRARY);
    missing.remove(file);
    jar.service().ifPresent(name -> supplant(file, name));
    jar.service().ifPresent(this::warn);
    show();
  }
}
