package slipway.server.core.deploy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import slipway.server.core.deploy.NotDeployed.Retry;

/**
 * A file of {@code services/}: what it was like when it was read, and what has become of it.
 * Immutable; each event makes the next state of the one before.
 *
 * <pre>
 *   new, or changed
 *     │ not whole          │ read                    │ cannot be read, or is refused
 *     ▼                    ▼                         ▼
 *  Arrives ──read──▶ Known: TRIED ──failed──▶ Refused ──serves after all──▶ Known: SERVES
 *     │                     ├─▶ LIBRARY              ▲
 *     │                     ├─▶ SERVES ◀─▶ SPARE ────┤ failed
 *     │                     └─▶ SPARE                │
 *     └────────── has not changed for a moment ──────┘
 * </pre>
 */
sealed interface FileState {

  /** What it was like when it was read. */
  FileStamp stamp();

  /** Its content; empty if it could not be read. */
  Optional<ServiceJar> jar();

  /** Whether it is to be read again although it has not changed, by the nanosecond clock. */
  boolean isDue(long nanos);

  /**
   * Its content has come to something.
   *
   * @throws IllegalStateException if it cannot come to that from here
   */
  FileState with(Fate next);

  /** Whether it is that, with a content that can be read and was not refused. */
  default boolean is(Fate fate) {
    return this instanceof Known known && known.fate() == fate;
  }

  default boolean isRefused() {
    return this instanceof Refused;
  }

  /** Whether it is known what has become of it. */
  default boolean isSettled() {
    return !(this instanceof Arrives) && !is(Fate.TRIED);
  }

  default boolean has(String digest) {
    return jar().filter(content -> content.digest().equals(digest)).isPresent();
  }

  /** The service that its content provides; empty for a library, and if it cannot be read. */
  default Optional<String> service() {
    return jar().flatMap(ServiceJar::service);
  }

  default boolean provides(String service) {
    return service().filter(service::equals).isPresent();
  }

  /** What a content that is not refused has come to. */
  enum Fate {
    /** It is installed; whether it serves will be seen. */
    TRIED,
    /** It is what serves. */
    SERVES,
    /** It provides a service that another file serves. */
    SPARE,
    /** It is a library that is installed. */
    LIBRARY;

    /** What one and the same content can come to from here; the same again is no change. */
    private boolean mayBecome(Fate next) {
      Set<Fate> allowed =
          switch (this) {
            case TRIED -> EnumSet.of(SERVES, SPARE, LIBRARY);
            case SERVES -> EnumSet.of(SPARE);
            case SPARE -> EnumSet.of(SERVES);
            case LIBRARY -> EnumSet.noneOf(Fate.class);
          };
      return next == this || allowed.contains(next);
    }
  }

  /**
   * It is no jar yet, or changes just now: it may be on its way still.
   *
   * @param due when it is looked at again if it does not change, by the nanosecond clock
   */
  record Arrives(FileStamp stamp, long due) implements FileState {

    @Override
    public Optional<ServiceJar> jar() {
      return Optional.empty();
    }

    @Override
    public boolean isDue(long nanos) {
      return nanos - due >= 0;
    }

    @Override
    public FileState with(Fate next) {
      throw new IllegalStateException("it cannot be " + next + " as it was not read");
    }
  }

  /** Its content is deployed, or could be. */
  record Known(FileStamp stamp, ServiceJar content, Fate fate) implements FileState {

    @Override
    public Optional<ServiceJar> jar() {
      return Optional.of(content);
    }

    @Override
    public boolean isDue(long nanos) {
      return false;
    }

    @Override
    public FileState with(Fate next) {
      if (!fate.mayBecome(next)) {
        throw new IllegalStateException("it cannot be " + next + " as it is " + fate);
      }
      return new Known(stamp, content, next);
    }

    /** The same content looks different: it was touched, or copied onto itself. */
    Known touched(FileStamp other) {
      return new Known(other, content, fate);
    }
  }

  /**
   * It is not deployed.
   *
   * @param jar its content; empty if it could not be read
   * @param reason why, in one line
   * @param retry when it is tried again
   * @param due when it is to be tried again although it has not changed, by the nanosecond clock;
   *     empty for never
   * @param tries how often it was tried again in vain
   */
  record Refused(
      FileStamp stamp,
      Optional<ServiceJar> jar,
      String reason,
      Retry retry,
      OptionalLong due,
      int tries)
      implements FileState {

    /** The pauses between tries for want of something: the first, and what they grow to. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /**
     * It is refused.
     *
     * @param before what it was before; null for a new file
     * @param now by the nanosecond clock
     */
    static Refused of(
        FileState before,
        FileStamp stamp,
        Optional<ServiceJar> jar,
        NotDeployed refusal,
        long now) {
      int tries =
          before instanceof Refused again && again.stamp().equals(stamp) ? again.tries() + 1 : 0;
      OptionalLong due =
          refusal.retry() == Retry.SOON
              ? OptionalLong.of(now + pause(tries).toNanos())
              : OptionalLong.empty();
      return new Refused(stamp, jar, refusal.getMessage(), refusal.retry(), due, tries);
    }

    private static Duration pause(int tries) {
      Duration pause = PAUSE.multipliedBy(1L << Math.min(tries, 10));
      return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Whether an operator knows it already. */
    boolean isNews(FileState before) {
      return !(before instanceof Refused known
          && known.stamp().equals(stamp)
          && known.reason().equals(reason));
    }

    @Override
    public boolean isDue(long nanos) {
      return due.isPresent() && nanos - due.getAsLong() >= 0;
    }

    /** What was taken out may be gone back to. */
    @Override
    public FileState with(Fate next) {
      ServiceJar content =
          jar.orElseThrow(
              () -> new IllegalStateException("it cannot be " + next + " as it was not read"));
      return new Known(stamp, content, next);
    }

    /** There are other packages now: if it lacked one, it is tried again at the next look. */
    Refused packagesChanged(long nanos) {
      return retry == Retry.ON_PACKAGES
          ? new Refused(stamp, jar, reason, retry, OptionalLong.of(nanos), tries)
          : this;
    }
  }
}
