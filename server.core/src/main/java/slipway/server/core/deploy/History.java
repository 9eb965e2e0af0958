package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.admin.DeployAdmin.Deployment;

/**
 * What was deployed, in a folder for each service: a list that survives restarts, and the jars that
 * can be gone back to. Belongs to the deployer's thread.
 *
 * <p>The list has one line a deployment, its fields divided by tabs.
 */
final class History {

  /** Deployments that are remembered, and jars that are kept, for each service. */
  static final int LONGEST = 50;

  static final int MOST_JARS = 10;

  private static final FileAttribute<?> OWN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;

  History(Path folder) {
    this.folder = folder;
  }

  /** The oldest first; empty if there is none. */
  List<Deployment> of(String service) throws IOException {
    try (Stream<String> lines = Files.lines(list(service))) {
      return lines.map(line -> parse(service, line)).toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static Deployment parse(String service, String line) {
    String[] fields = line.split("\t", -1);
    return new Deployment(
        service, fields[1], Instant.parse(fields[0]), fields[2], fields[5], fields[3], fields[4]);
  }

  private static String format(Deployment deployment) {
    return Stream.of(
            deployment.when().toString(),
            deployment.version(),
            deployment.by(),
            deployment.digest(),
            deployment.outcome(),
            deployment.source())
        .map(field -> field.replaceAll("\\p{Cntrl}", " "))
        .collect(Collectors.joining("\t"));
  }

  /** Keeps a jar's content; returns the copy. */
  Path keep(String service, ServiceJar jar) throws IOException {
    Path kept = jar(service, jar.digest());
    if (!Files.exists(kept)) {
      Files.createDirectories(kept.getParent(), OWN_FOLDER);
      Path copy = kept.resolveSibling(jar.digest() + ".part");
      Files.copy(jar.file(), copy, StandardCopyOption.REPLACE_EXISTING);
      Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
    }
    return kept;
  }

  /** Where the jar with this content is kept, if it still is. */
  Path jar(String service, String digest) {
    return folder.resolve(service).resolve(digest + ".jar");
  }

  /** Replaces the list, and drops the jars that it has no room for. */
  void save(String service, List<Deployment> deployments) throws IOException {
    List<Deployment> kept =
        deployments.subList(Math.max(0, deployments.size() - LONGEST), deployments.size());
    Path list = list(service);
    Files.createDirectories(list.getParent(), OWN_FOLDER);
    Path next = list.resolveSibling("history.part");
    Files.write(next, kept.stream().map(History::format).toList());
    Files.move(next, list, StandardCopyOption.ATOMIC_MOVE);
    prune(list.getParent(), kept);
  }

  private static void prune(Path folder, List<Deployment> kept) throws IOException {
    List<String> newestFirst = new ArrayList<>();
    for (int index = kept.size() - 1; index >= 0; index--) {
      newestFirst.add(kept.get(index).digest() + ".jar");
    }
    Set<String> wanted =
        newestFirst.stream().distinct().limit(MOST_JARS).collect(Collectors.toSet());
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.filter(some -> some.toString().endsWith(".jar")).toList()) {
        if (!wanted.contains(jar.getFileName().toString())) {
          Files.delete(jar);
        }
      }
    }
  }

  private Path list(String service) {
    return folder.resolve(service).resolve("history");
  }
}
