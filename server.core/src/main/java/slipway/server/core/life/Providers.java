package slipway.server.core.life;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/** The bundles that provide one service, the newest first. Belongs to the control thread. */
final class Providers {

  private static final Comparator<Provider> NEWEST_FIRST =
      Comparator.comparing((Provider provider) -> Version.parseVersion(provider.version()))
          .reversed()
          .thenComparing(Provider::bundleId);

  private final TreeSet<Provider> all = new TreeSet<>(NEWEST_FIRST);

  void add(Provider provider) {
    all.add(provider);
  }

  void remove(Provider provider) {
    all.remove(provider);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean contains(Provider provider) {
    return all.contains(provider);
  }

  /** The one to start; null if there is none. */
  Provider best() {
    return all.isEmpty() ? null : all.first();
  }

  /** The ids of all but this one's bundle. */
  String others(Provider chosen) {
    return all.stream()
        .filter(provider -> provider != chosen)
        .map(provider -> Long.toString(provider.bundleId()))
        .collect(Collectors.joining(", "));
  }
}
