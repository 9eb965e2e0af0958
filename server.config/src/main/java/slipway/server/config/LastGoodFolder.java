package slipway.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;
import slipway.server.config.LastGood.Good;
import slipway.server.config.text.KeyedText;
import slipway.server.config.text.TypedSyntax;

/**
 * {@link LastGood} on disk: a file for each configuration, for the host's user alone, as values may
 * be secrets. A file is replaced as a whole, and the disk is not waited for: if the machine fails,
 * only the memory of older values is lost. A folder that cannot be read or written is warned of,
 * and no more: what is in force does not depend on it.
 */
final class LastGoodFolder {

  private static final Logger LOG = LoggerFactory.getLogger(LastGoodFolder.class);
  private static final String ENDING = ".config";
  private static final String PID = "pid";
  private static final String NAME = "name";

  private final Path folder;
  private String trouble = "";

  LastGoodFolder(Path folder) {
    this.folder = folder;
  }

  /** What was kept; empty if there is no folder. What cannot be read is left out. */
  Map<ConfigurationId, List<Good>> read() {
    Map<ConfigurationId, List<Good>> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.toString().endsWith(ENDING)) {
          read(file, found);
        } else {
          Files.deleteIfExists(file); // of a host that was killed while it wrote
        }
      }
    } catch (NoSuchFileException none) {
      // nothing was kept yet
    } catch (IOException unreadable) {
      warn("read", unreadable);
    }
    return found;
  }

  private void read(Path file, Map<ConfigurationId, List<Good>> found) throws IOException {
    try {
      Map<String, Object> values =
          KeyedText.parse(new TypedSyntax(), Files.readString(file)).values();
      ConfigurationId id = new ConfigurationId((String) values.get(PID), (String) values.get(NAME));
      if (file.equals(file(id))) {
        found.put(id, goods(values));
      }
    } catch (InvalidConfiguration | RuntimeException malformed) {
      LOG.warn("{} is not as the host wrote it, and is ignored", file, malformed);
    }
  }

  private static List<Good> goods(Map<String, Object> values) {
    List<Good> goods = new ArrayList<>();
    while (values.get(takersKey(goods.size())) instanceof String[] takers) {
      String prefix = prefix(goods.size());
      Map<String, Object> good = new TreeMap<>();
      values.forEach(
          (key, value) -> {
            if (key.startsWith(prefix)) {
              good.put(key.substring(prefix.length()), value);
            }
          });
      goods.add(new Good(good, List.of(takers)));
    }
    return goods;
  }

  private static String takersKey(int index) {
    return "takers" + index;
  }

  private static String prefix(int index) {
    return index + ".";
  }

  /** Replaces what is kept of a configuration. */
  void write(ConfigurationId id, List<Good> goods) {
    try {
      String text = text(id, goods);
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, ".", ".tmp"); // made with mode 0600
      try {
        Files.writeString(temporary, text);
        Files.move(temporary, file(id), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      trouble = "";
    } catch (IOException failure) {
      warn("written", failure);
    } catch (InvalidConfiguration unwritable) {
      LOG.warn("{} is kept in memory alone: {}", id, unwritable.getMessage());
    }
  }

  private static String text(ConfigurationId id, List<Good> goods) throws InvalidConfiguration {
    Map<String, Object> values = new TreeMap<>(Map.of(PID, id.pid(), NAME, id.name()));
    for (int i = 0; i < goods.size(); i++) {
      Good good = goods.get(i);
      String prefix = prefix(i);
      values.put(takersKey(i), good.takers().toArray(new String[0]));
      good.values().forEach((key, value) -> values.put(prefix + key, value));
    }
    String comment = "# what was in force, the newest first; written by the host\n";
    return KeyedText.parse(new TypedSyntax(), comment).with(values).text();
  }

  void delete(ConfigurationId id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException failure) {
      warn("written", failure);
    }
  }

  /** A name that every disk takes, whatever the configuration's is. */
  private Path file(ConfigurationId id) {
    byte[] name = id.cmPid().getBytes(StandardCharsets.UTF_8);
    return folder.resolve(UUID.nameUUIDFromBytes(name) + ENDING);
  }

  /** Once, until it works again. */
  private void warn(String verb, IOException failure) {
    String reason = IoReason.of(failure);
    if (!reason.equals(trouble)) {
      LOG.warn(
          "{} cannot be {}: {}. After a restart the host does not know what was in force before",
          folder,
          verb,
          reason);
    }
    trouble = reason;
  }
}
