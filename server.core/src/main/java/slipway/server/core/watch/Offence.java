package slipway.server.core.watch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a thread does for too long.
 *
 * @param who the service's version; null if no code of a service can be seen
 * @param connection number of the connection; 0 if that is not known
 * @param deed what it does, such as {@code has kept the event loop slipway-io-1}
 * @param frames what it is at: the innermost frames of the service, from the inside to the outside
 * @param innermost the innermost frame of all, if it is another one; empty otherwise
 */
record Offence(
    Culprit who, long connection, String deed, List<StackTraceElement> frames, String innermost) {

  /** A version of a service. */
  record Culprit(String service, String version, long bundleId) {

    @Override
    public String toString() {
      return service + " " + version;
    }
  }

  /** For readers that know the service already. */
  String remark(Duration lasted) {
    return deed + " for " + time(lasted) + connectionText() + ": " + where();
  }

  /** With the service's name. */
  String text(Duration lasted) {
    return (who == null ? "somebody" : who.toString()) + " " + remark(lasted);
  }

  private String connectionText() {
    return connection == 0 ? "" : ", for connection " + connection;
  }

  private String where() {
    String own =
        frames.stream().map(StackTraceElement::toString).collect(Collectors.joining(" < "));
    return innermost.isEmpty() ? own : own.isEmpty() ? innermost : innermost + " < " + own;
  }

  static String time(Duration lasted) {
    double seconds = lasted.toMillis() / 1000.0;
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }
}
