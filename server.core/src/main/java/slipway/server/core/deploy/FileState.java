package slipway.server.core.deploy;

import java.util.Optional;
import slipway.server.core.deploy.NotDeployed.Retry;

/**
 * A file of {@code services/}: what it is like, and what has become of it.
 *
 * @param stamp what it was like when it was read
 * @param jar its content; empty if it could not be read
 * @param fate what has become of it
 * @param reason why it was refused; empty otherwise
 * @param retry when it is tried again, if it was refused
 * @param due when it is to be read again although it has not changed, by the nanosecond clock;
 *     empty for never
 * @param tries how often it was tried in vain for want of something
 */
record FileState(
    FileStamp stamp,
    Optional<ServiceJar> jar,
    Fate fate,
    String reason,
    Retry retry,
    Optional<Long> due,
    int tries) {

  enum Fate {
    /** It is no jar yet; it may be on its way still. */
    ARRIVES,
    /** It is installed; whether it serves will be seen. */
    TRIED,
    /** It is what serves. */
    SERVES,
    /** It provides a service that another file serves. */
    SPARE,
    /** It is a library that is installed. */
    LIBRARY,
    /** It is not deployed. */
    REFUSED
  }

  static FileState of(FileStamp stamp, ServiceJar jar, Fate fate) {
    return new FileState(stamp, Optional.of(jar), fate, "", Retry.ON_CHANGE, Optional.empty(), 0);
  }

  static FileState arrives(FileStamp stamp, long due) {
    return new FileState(
        stamp, Optional.empty(), Fate.ARRIVES, "", Retry.ON_CHANGE, Optional.of(due), 0);
  }

  boolean is(Fate asked) {
    return fate == asked;
  }

  boolean has(String digest) {
    return jar.filter(content -> content.digest().equals(digest)).isPresent();
  }

  boolean provides(String service) {
    return jar.flatMap(ServiceJar::service).filter(service::equals).isPresent();
  }

  FileState with(Fate other) {
    return new FileState(stamp, jar, other, "", Retry.ON_CHANGE, Optional.empty(), 0);
  }

  FileState with(FileStamp other) {
    return new FileState(other, jar, fate, reason, retry, due, tries);
  }

  /** To be tried again at the next look. */
  FileState dueAt(long nanos) {
    return new FileState(stamp, jar, fate, reason, retry, Optional.of(nanos), tries);
  }
}
