package slipway.shell.commands.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which bundles bring which command. Several versions of a bundle bring the same ones; of two
 * bundles that have nothing to do with each other, the one that came first has the name.
 *
 * <p>Not safe for several threads.
 */
final class Offers {

  private static final Logger LOG = LoggerFactory.getLogger(Offers.class);

  private final Map<String, List<Provision>> byName = new TreeMap<>();

  /** A bundle has come. */
  void add(Provision provision) {
    List<Provision> before =
        byName.computeIfAbsent(provision.head().name(), name -> new ArrayList<>());
    if (!before.isEmpty() && !provision.isAnotherOf(before.get(0))) {
      LOG.warn(
          "the command {} of bundle {} {} is not used: {} {} brought one of that name first",
          provision.head().name(),
          provision.bundle().getBundleId(),
          provision.bundle().getSymbolicName(),
          before.get(0).bundle().getBundleId(),
          before.get(0).bundle().getSymbolicName());
    }
    before.add(provision);
  }

  /** A bundle has gone; another one that brings the command takes its place. */
  void remove(Provision provision) {
    String name = provision.head().name();
    List<Provision> left = byName.getOrDefault(name, new ArrayList<>());
    left.remove(provision);
    if (left.isEmpty()) {
      byName.remove(name);
    }
  }

  /**
   * The bundle that has a name: of several versions of one, the one that came last, as its help is
   * the newest.
   */
  Optional<Provision> owner(String name) {
    List<Provision> all = byName.getOrDefault(name, List.of());
    return all.stream()
        .filter(each -> each.isAnotherOf(all.get(0)))
        .reduce((earlier, later) -> later);
  }

  /** Those that have a name each, in the order of help. */
  List<Provision> owners() {
    return byName.keySet().stream()
        .flatMap(name -> owner(name).stream())
        .sorted(
            Comparator.comparingLong((Provision each) -> each.head().order())
                .thenComparing(each -> each.head().name()))
        .toList();
  }
}
