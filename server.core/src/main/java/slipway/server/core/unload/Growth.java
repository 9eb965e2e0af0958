package slipway.server.core.unload;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Whether what holds versions takes more memory with each swap. Static memory of a library that
 * holds one version of a service, such as the first that has used it, does not.
 */
final class Growth {

  private record Place(String service, Holder holder) {}

  private final Map<Place, Integer> versions = new HashMap<>();

  /** Counts a version that is gone. */
  void add(String service, List<Holder> holders) {
    new HashSet<>(holders).forEach(one -> versions.merge(new Place(service, one), 1, Integer::sum));
  }

  /**
   * Whether nothing was found that holds a version but static memory of libraries, and no place of
   * that holds another version of its service. To be asked when all are counted.
   */
  boolean isBounded(String service, List<Holder> holders) {
    return holders.stream().anyMatch(one -> one.is(Holder.Kind.STATIC))
        && holders.stream().noneMatch(one -> one.is(Holder.Kind.HOLDS))
        && holders.stream()
            .filter(one -> one.is(Holder.Kind.STATIC))
            .allMatch(one -> versions.get(new Place(service, one)) == 1);
  }
}
