package slipway.server.core.transport;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The event loops that are taken, and what an operator should know of that.
 *
 * @param kind what is taken
 * @param warning why it is not what was asked for, or not the best that this system has, and what
 *     to do; empty if there is nothing to say
 */
record Choice(TransportKind kind, String warning) {

  private static final String AUTO = "auto";
  private static final String KEY = "slipway.transport";

  /** Where Netty is told in which folder to unpack its native libraries. */
  private static final String NATIVES = "io.netty.native.workdir";

  /** Takes what is asked for; if this machine cannot run it, what {@code auto} takes. */
  static Choice of(String asked) {
    return of(
        asked,
        System.getProperty("os.name", "").equals("Linux"),
        Path.of(System.getProperty(NATIVES, System.getProperty("java.io.tmpdir"))),
        kind -> Optional.ofNullable(kind.unavailable()));
  }

  /**
   * As {@link #of(String)}.
   *
   * @param linux whether more than NIO is to be expected here
   * @param natives the folder in which native libraries are unpacked
   * @param unavailable why a kind cannot be run; NIO always can
   */
  static Choice of(
      String asked,
      boolean linux,
      Path natives,
      Function<TransportKind, Optional<Throwable>> unavailable) {
    Optional<TransportKind> named =
        Stream.of(TransportKind.values())
            .filter(candidate -> candidate.name().equalsIgnoreCase(asked))
            .findFirst();
    if (named.isPresent() && (named.get() == TransportKind.NIO || runs(named.get(), unavailable))) {
      return new Choice(named.get(), "");
    }
    TransportKind best =
        Stream.of(TransportKind.values())
            .filter(candidate -> runs(candidate, unavailable))
            .findFirst()
            .orElse(TransportKind.NIO);
    if (named.isPresent()) {
      String reason = reason(unavailable.apply(named.get()).orElseThrow());
      return instead(best, asked, "not available here: " + reason);
    }
    if (!asked.equalsIgnoreCase(AUTO)) {
      return instead(best, asked, "allowed is auto, io_uring, epoll or nio");
    }
    return new Choice(
        best,
        best == TransportKind.NIO && linux
            ? fallback(reason(unavailable.apply(TransportKind.EPOLL).orElseThrow()), natives)
            : "");
  }

  private static boolean runs(
      TransportKind kind, Function<TransportKind, Optional<Throwable>> unavailable) {
    return unavailable.apply(kind).isEmpty();
  }

  private static Choice instead(TransportKind kind, String asked, String problem) {
    return new Choice(
        kind,
        KEY + " = " + asked + ": " + problem + "; using " + kind.name().toLowerCase(Locale.ROOT));
  }

  private static String fallback(String reason, Path natives) {
    return "neither io_uring nor epoll can be used: "
        + reason
        + "; using nio, which is slower. If "
        + natives.toAbsolutePath()
        + " is on a file system that is noexec, name a folder elsewhere with -D"
        + NATIVES
        + "=FOLDER in conf/jvm.options; if nio is wanted, set "
        + KEY
        + " = nio in conf/host.properties";
  }

  /** What went wrong first, in one line: Netty wraps it, and Java names the file twice. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause.getMessage())
        .flatMap(message -> message.strip().lines().findFirst())
        .map(line -> line.replaceFirst("^(.+: )\\1+", "$1"))
        .orElse(cause.getClass().getSimpleName());
  }
}
