package slipway.server.core.life;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which version of a service serves: its versions in their order, and the parts that they have. It
 * starts and stops nothing and tells nobody. Belongs to the control thread.
 *
 * <pre>
 *            add, nobody serves                     promote
 *          ┌──────────────────────▶ serving ◀──────────────────── candidate ◀── add, the newest
 *  others ─┤                        │     ▲                        │     ▲
 *          └────────────────────────┼─────┘ fallBack, withdraw     │     │ overtaken by one that
 *              ◀── promote, fallBack, withdraw ── giveUp, withdraw ┘     ┘ was given up
 * </pre>
 */
final class Succession {

  /** Which version serves in place of one that is taken away. */
  enum Turn {
    /** The one that was taken away did not serve, or nobody serves now. */
    NONE,

    /** The candidate, which has not run yet. */
    NEWER,

    /** One that had served before, or was there before. */
    OLDER
  }

  /** The newest first. */
  private final List<Version> versions = new ArrayList<>();

  /** Where new connections go, if it is active; null while no version may serve. */
  private Version serving;

  /** Newer than the one that serves, on its way to take its place; null if there is none. */
  private Version candidate;

  /** Where new connections go, if it is active; null while no version may serve. */
  Version serving() {
    return serving;
  }

  /** Newer than the one that serves, on its way to take its place; null if there is none. */
  Version candidate() {
    return candidate;
  }

  /** All of them, the newest first, as they are now. */
  List<Version> all() {
    return List.copyOf(versions);
  }

  /** All but the candidate, the newest first, as they are now. */
  List<Version> allButCandidate() {
    return versions.stream().filter(some -> some != candidate).toList();
  }

  /** The one of which this is true; null if there is none. */
  Version find(Predicate<Version> wanted) {
    return versions.stream().filter(wanted).findFirst().orElse(null);
  }

  /** A version that has come: it serves if nobody else does, and is a candidate if it is newest. */
  void add(Version added) {
    versions.add(added);
    versions.sort(
        Comparator.comparingLong((Version some) -> some.provider().bundleId()).reversed());
    if (serving == null) {
      serving = added;
    } else if (versions.get(0) == added) {
      candidate = added;
    }
  }

  /** The bundle of a version is gone. */
  void remove(Provider provider) {
    versions.removeIf(some -> some.provider() == provider);
    if (candidate != null && candidate.provider() == provider) {
      candidate = null;
    }
    if (serving != null && serving.provider() == provider) {
      serving = candidate != null ? candidate : find(some -> some.standing() == Standing.AVAILABLE);
      candidate = null;
    }
  }

  /** A version is to go: it never serves again. */
  Turn withdraw(Version leaving) {
    leaving.withdraw();
    if (leaving == candidate) {
      candidate = null;
    } else if (leaving == serving) {
      boolean newer = candidate != null;
      serving = newer ? candidate : before(leaving);
      candidate = null;
      return newer ? Turn.NEWER : serving == null ? Turn.NONE : Turn.OLDER;
    }
    return Turn.NONE;
  }

  /** The candidate serves; returns the one that did until now. */
  Version promote() {
    Version old = serving;
    serving = candidate;
    candidate = null;
    return old;
  }

  /**
   * Gives the candidate up, which has failed, and returns it. One that it had overtaken is next.
   */
  Version giveUp() {
    Version failed = candidate;
    failed.withdraw();
    candidate =
        versions.stream()
            .takeWhile(some -> some != serving)
            .filter(Version::isEligible)
            .findFirst()
            .orElse(null);
    return failed;
  }

  /** Whether there is one that can serve in place of the one that does. */
  boolean hasFallBack() {
    return serving != null && before(serving) != null;
  }

  /** The version before serves again; returns the one that has failed. */
  Version fallBack() {
    Version failed = serving;
    serving = before(failed);
    failed.withdraw();
    return failed;
  }

  /** The next older one that may serve; null if there is none. */
  private Version before(Version version) {
    return versions.stream()
        .skip(versions.indexOf(version) + 1L)
        .filter(Version::isEligible)
        .findFirst()
        .orElse(null);
  }

  // ---- all of them together ------------------------------------------------------------------

  boolean isEmpty() {
    return versions.isEmpty();
  }

  /** Whether none runs, or is on its way. */
  boolean isStopped() {
    return versions.stream().allMatch(some -> some.is(Version.Phase.STOPPED));
  }

  /** Whether no other version has users, who may come to the one that serves. */
  boolean isAlone() {
    return versions.stream().allMatch(some -> some == serving || some.users() == 0);
  }

  int users() {
    return versions.stream().mapToInt(Version::users).sum();
  }

  /** How many users were asked to leave, ever. */
  int closed() {
    return versions.stream().mapToInt(Version::closed).sum();
  }
}
