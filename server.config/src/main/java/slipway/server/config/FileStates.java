package slipway.server.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The files of {@code conf/} as they were found last, by name. For one thread at a time: {@link
 * Store} holds the lock.
 */
final class FileStates {

  private final ConfFolder folder;
  private final Map<String, FileState> states = new TreeMap<>();

  FileStates(ConfFolder folder) {
    this.folder = folder;
  }

  /** Null if no such file was found. */
  FileState get(String name) {
    return states.get(name);
  }

  /**
   * A file was found.
   *
   * @return how it was before; null if it was not there
   */
  FileState put(String name, FileState found) {
    return states.put(name, found);
  }

  /** A file is gone. */
  void remove(String name) {
    states.remove(name);
  }

  /** The names in their order, as they are now. */
  NavigableSet<String> names() {
    return new TreeSet<>(states.keySet());
  }

  /** Shows all in their order; none may be added or removed meanwhile. */
  void forEach(BiConsumer<String, FileState> reader) {
    states.forEach(reader);
  }

  /** The refusals now, ordered by file. */
  List<String> refusals() {
    return states.values().stream().map(FileState::refusal).filter(Objects::nonNull).toList();
  }

  /** The files on disk that define a configuration, in force or not. */
  Set<ConfFile> definersOf(ConfigurationId id) {
    Set<String> names = new LinkedHashSet<>();
    states.forEach(
        (name, state) -> {
          if (state.defines(id)) {
            names.add(name);
          }
        });
    names.addAll(ConfFile.namesOf(id));
    Set<ConfFile> definers = new LinkedHashSet<>();
    for (String name : names) {
      if (folder.has(name)) {
        ConfFile.of(name).ifPresent(definers::add);
      }
    }
    return definers;
  }

  /** Whether no file defines a configuration, as far as can be known. */
  boolean isGone(ConfigurationId id) {
    FileState ini = states.get(ConfFile.INI);
    boolean perhaps =
        ini != null
            && ini.reading() == null
            && ConfFile.of(ConfFile.INI).orElseThrow().canDefine(id.pid());
    return !perhaps && definersOf(id).isEmpty();
  }
}
