package slipway.server.core.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.service.ServiceNames;

/**
 * The record on disk: a folder for each service, and in it a list with a line for each {@link
 * Entry}, the oldest first. A line that cannot be read costs that line and no more. Belongs to the
 * deployer's thread.
 */
final class HistoryFiles {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryFiles.class);
  private static final String LIST = "history";

  private final Path folder;

  /** Services whose list was found damaged: told once. */
  private final Set<String> damaged = new HashSet<>();

  HistoryFiles(Path folder) {
    this.folder = folder;
  }

  /** The folder of a service. */
  Path folder(String service) {
    return folder.resolve(service);
  }

  private Path list(String service) {
    return folder(service).resolve(LIST);
  }

  /** The oldest first; empty if there is none. */
  List<Entry> read(String service) throws IOException {
    String text;
    try {
      text = new String(Files.readAllBytes(list(service)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      return List.of();
    }
    List<String> lines = text.lines().toList();
    List<Entry> entries =
        lines.stream().map(line -> Entry.parse(service, line)).flatMap(Optional::stream).toList();
    if (entries.size() < lines.size() && damaged.add(service)) {
      LOG.warn(
          "{}: {} of {} lines cannot be read and are left out",
          list(service),
          lines.size() - entries.size(),
          lines.size());
    }
    return entries;
  }

  /**
   * Replaces the list.
   *
   * @return false if that is what it was
   */
  boolean write(String service, List<Entry> entries) throws IOException {
    byte[] text =
        entries.stream()
            .map(entry -> entry.line() + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);
    Path list = list(service);
    if (Files.exists(list) && Arrays.equals(Files.readAllBytes(list), text)) {
      return false;
    }
    Copies.make(list.getParent());
    WholeFile.replace(list, list.resolveSibling(LIST + ".part"), text);
    return true;
  }

  /** The services that have a list; empty, and told, if that cannot be read. */
  List<String> services() {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .map(some -> some.getFileName().toString())
          .filter(ServiceNames::isName)
          .filter(name -> Files.exists(list(name)))
          .sorted()
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException unreadable) {
      LOG.error("{} cannot be read: {}", folder, Trouble.of(unreadable));
      return List.of();
    }
  }
}
