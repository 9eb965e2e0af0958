package slipway.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import slipway.admin.RefusedFile;

/**
 * Lists the files that are refused, for operators. For one thread at a time: {@link Store} holds
 * the lock.
 */
final class RefusedFiles {

  private final FileStates states;
  private final ConfigAdminMirror mirror;

  RefusedFiles(FileStates states, ConfigAdminMirror mirror) {
    this.states = states;
    this.mirror = mirror;
  }

  /** Those that define configurations of a PID, or would; ordered by file. */
  List<RefusedFile> of(String pid) {
    return list(file -> file.canDefine(pid), pid::equals);
  }

  /** The other ones, and those that define configurations of both. */
  List<RefusedFile> except(String pid) {
    return list(file -> file.isIni() || !file.canDefine(pid), other -> !other.equals(pid));
  }

  private List<RefusedFile> list(Predicate<ConfFile> files, Predicate<String> pids) {
    List<RefusedFile> refused = new ArrayList<>();
    states.forEach(
        (name, state) -> {
          if (state.refusal() != null && files.test(ConfFile.of(name).orElseThrow())) {
            List<String> goOn =
                mirror.idsOf(name).stream()
                    .filter(id -> pids.test(id.pid()))
                    .map(ConfigurationId::name)
                    .toList();
            refused.add(new RefusedFile(name, goOn, state.reason(name)));
          }
        });
    return refused;
  }
}
