package slipway.server.core.deploy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.DeployAdmin.Refused;
import slipway.server.core.deploy.FileState.Fate;

/**
 * The folder {@code services/}, looked at again and again: what is new is deployed, what is gone is
 * taken away.
 *
 * <pre>
 *                ┌─▶ ShelfFiles     what files there are, and the state of each
 *                ├─▶ Arrivals       reads them; waits for those that are not whole
 *  look ─▶ Shelf ┼─▶ LibraryFiles   those that are libraries, which come first
 *                ├─▶ Contenders     those that provide services: which of them serves
 *                ├─▶ FirstLook      the same after a start, with the record
 *                ├─▶ Departures     those that are gone, and could not be taken away
 *                └─▶ Refusals       those that are not deployed, and why
 * </pre>
 *
 * <p>A file counts by its content: one that was renamed, touched or copied onto itself is what it
 * was. One that was refused is tried again when anything about it changes.
 *
 * <p>Belongs to the deployer's thread, unless a method says otherwise.
 */
final class Shelf implements Fates {

  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  private final ShelfFiles files;
  private final Versions versions;
  private final SharedBundles libraries;
  private final Refusals refusals;
  private final Arrivals arrivals;
  private final Departures departures;
  private final LibraryFiles libraryFiles;
  private final Contenders contenders;
  private final FirstLook firstLook;
  private boolean looked;

  /** For other threads, which need not wait for one that copies a large jar. */
  private volatile boolean settled;

  private volatile List<Refused> refused = List.of();

  /**
   * Makes the shelf; its first look restores what served when the host ended.
   *
   * @param remark tells operators something about a service; an empty text takes it back
   * @param clock the time that files have
   * @param nanos the time that passes
   */
  Shelf(
      FolderLook folder,
      Versions versions,
      SharedBundles libraries,
      Restoration restoration,
      BiConsumer<String, String> remark,
      Clock clock,
      LongSupplier nanos) {
    this.files = new ShelfFiles(folder, nanos);
    this.versions = versions;
    this.libraries = libraries;
    this.refusals = new Refusals(files, versions, remark);
    this.arrivals = new Arrivals(files, refusals, clock);
    this.departures = new Departures(nanos);
    this.libraryFiles =
        new LibraryFiles(files, refusals, libraries, new Departures(nanos), this::show);
    this.contenders = new Contenders(files, refusals, versions);
    this.firstLook = new FirstLook(files, refusals, contenders, restoration);
  }

  // ---- looking ---------------------------------------------------------------------------------

  /** Looks at the folder, and does what has to be done. Never fails. */
  void look() {
    if (!files.look()) {
      return;
    }
    Map<Path, ServiceJar> services = new TreeMap<>();
    Map<Path, ServiceJar> shared = new TreeMap<>();
    for (Path file : files.due()) {
      refusals.guarded(
          file,
          () ->
              arrivals
                  .read(file)
                  .ifPresent(jar -> (jar.service().isEmpty() ? shared : services).put(file, jar)));
    }
    shared.forEach((file, jar) -> refusals.guarded(file, () -> library(file, jar)));
    if (looked) {
      services.forEach((file, jar) -> refusals.guarded(file, () -> service(file, jar)));
    } else {
      libraries.restore(files.all(state -> state.jar().isEmpty()));
      firstLook.restore(services);
    }
    depart(files.gone());
    libraryFiles.departAgain();
    looked = true;
    show();
  }

  private void library(Path file, ServiceJar jar) {
    versions.withdraw(file, any -> true);
    libraryFiles.offer(file, jar);
  }

  private void service(Path file, ServiceJar jar) {
    if (files.hold(file, jar, Fate.TRIED) || files.hold(file, jar, Fate.SPARE)) {
      return;
    }
    libraryFiles.depart(file);
    contenders.offer(file, jar);
  }

  private void depart(List<Path> gone) {
    gone.forEach(file -> LOG.info("{} is gone", file.getFileName()));
    departures.forget(files::isThere);
    departures.with(gone).forEach(file -> departures.attempt(file, () -> depart(file)));
  }

  private void depart(Path file) {
    contenders.depart(file);
    libraryFiles.depart(file);
  }

  /** There are other packages now: what did not resolve is tried again at the next look. */
  void packagesChanged() {
    files.packagesChanged();
  }

  // ---- what becomes of them --------------------------------------------------------------------

  @Override
  public void serves(Deployed deployed) {
    contenders.serves(deployed);
    show();
  }

  @Override
  public boolean isRunning() {
    return looked;
  }

  @Override
  public void stays(Deployed deployed) {
    files.become(deployed.target(), deployed.jar().digest(), Fate.SERVES);
    show();
  }

  @Override
  public boolean follow(Deployed deployed, NotDeployed reason) {
    Path file = deployed.target();
    boolean followed = contenders.deploySpare(deployed.service(), file);
    if (followed) {
      refusals.tell(deployed.service(), file, reason.getMessage());
    }
    return followed;
  }

  @Override
  public void overtaken(Deployed deployed) {
    Path file = deployed.target();
    if (files.state(file).filter(state -> state.is(Fate.TRIED)).isPresent()) {
      files.become(file, deployed.jar().digest(), Fate.SPARE);
      show();
    }
  }

  @Override
  public void failed(Deployed deployed, NotDeployed reason) {
    refusals.noteFailed(deployed, reason);
    show();
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
    refused =
        Stream.of(refusals.shown(), libraryFiles.left(), departures.shown())
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Refused::file))
            .toList();
    settled = looked && files.states().stream().allMatch(FileState::isSettled);
  }

  /** Whether a file is taken by something else than what this jar provides. */
  boolean isTaken(Path file, ServiceJar jar) {
    return files
        .state(file)
        .flatMap(FileState::jar)
        .filter(
            there ->
                !there.service().equals(jar.service())
                    || jar.service().isEmpty() && !there.symbolicName().equals(jar.symbolicName()))
        .isPresent();
  }

  /** What a file has, by the digest of its content; empty if none has it. */
  Optional<ServiceJar> content(String digest) {
    return files.all(state -> state.has(digest)).stream().map(files::jar).findFirst();
  }

  /** A file was written here: it is what was deployed before. */
  void published(Path file, ServiceJar jar) {
    if (jar.service().isPresent()) {
      contenders.published(file, jar);
    } else {
      libraryFiles.published(file, jar);
    }
    show();
  }
}
