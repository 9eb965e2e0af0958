package slipway.server.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import slipway.account.AccountName;
import slipway.account.LogIn;
import slipway.account.Origin;
import slipway.service.LogContext;

/**
 * Logs failed log-ins, registrations and addresses that are shut out, for operators and for
 * programs such as fail2ban. The form is stable: the address comes first, then what happened out of
 * a few words, and last the name, which holds letters, digits, {@code _} and {@code -} only.
 *
 * <p>An address has a limited number of lines of each kind per minute, and more are counted, so
 * that an attack does not flood the log, and one kind does not hide another. Used from any thread.
 */
final class AccessLog {

  /** Lines of one kind of one address in a minute. */
  static final int MOST_LINES = 10;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Addresses that are told apart in a minute; the lines of others are counted together. */
  private static final int MOST_ADDRESSES = 1000;

  private static final String OTHERS = "other addresses";

  private enum Kind {
    FAILED,
    REFUSED,
    REGISTERED
  }

  private final Consumer<String> info;
  private final Consumer<String> warn;
  private final Clock clock;
  private final LogInMeter meter;
  private final Map<String, Map<Kind, Integer>> lines = new LinkedHashMap<>();
  private final Set<String> shut = new HashSet<>();
  private Instant begun = Instant.MIN;

  /**
   * Makes it.
   *
   * @param info takes a line of the level INFO
   * @param warn takes one of the level WARN
   */
  AccessLog(Consumer<String> info, Consumer<String> warn, Clock clock) {
    this(info, warn, clock, new LogInMeter());
  }

  private AccessLog(Consumer<String> info, Consumer<String> warn, Clock clock, LogInMeter meter) {
    this.meter = meter;
    this.info = info;
    this.warn = warn;
    this.clock = clock;
  }

  /**
   * An attempt to log in has ended.
   *
   * @param answer null if it failed
   * @param failure null if it was answered; one with a cause was the host's, or the database's
   */
  void attempted(Origin origin, AccountName name, LogIn answer, Throwable failure) {
    meter.count(answer);
    switch (answer) {
      case null -> {
        if (failure.getCause() == null) {
          refused(origin, name, failure.getMessage());
        }
      }
      case LogIn.WrongPassword wrong -> failed(origin, name, "wrong password");
      case LogIn.Unknown unknown -> failed(origin, name, "no such user");
      case LogIn.Banned banned -> failed(origin, name, "banned");
      case LogIn.Entered entered -> {
        if (entered.registered()) {
          registered(origin, name);
        }
      }
    }
  }

  /**
   * That of the host.
   *
   * @param meter counts attempts as well
   */
  static AccessLog to(Logger log, LogInMeter meter) {
    return new AccessLog(
        line -> log.info(LogContext.EACH, line),
        line -> log.warn(LogContext.EACH, line),
        Clock.systemUTC(),
        meter);
  }

  /** A client gave a wrong password or an unknown name, or is banned. */
  void failed(Origin origin, AccountName name, String why) {
    line(Kind.FAILED, origin, "log-in failed from " + origin + ": " + why + "; name " + name);
  }

  /** Nothing was compared, for a reason that may be no fault of the user. */
  void refused(Origin origin, AccountName name, String why) {
    line(Kind.REFUSED, origin, "log-in refused from " + origin + ": " + why + "; name " + name);
  }

  /** A name was registered. */
  void registered(Origin origin, AccountName name) {
    line(Kind.REGISTERED, origin, "registered from " + origin + ": name " + name);
  }

  /** An address may not do something for a while; said once a minute. */
  synchronized void shutOut(Origin origin, String why) {
    flush();
    if (shut.size() < MOST_ADDRESSES && shut.add(origin.toString())) {
      warn.accept("shut out " + origin + ": " + why);
    }
  }

  private synchronized void line(Kind kind, Origin origin, String line) {
    flush();
    String address = origin.toString();
    boolean told = lines.containsKey(address) || lines.size() < MOST_ADDRESSES;
    int count =
        lines
            .computeIfAbsent(told ? address : OTHERS, first -> new EnumMap<>(Kind.class))
            .merge(kind, 1, Integer::sum);
    if (told && count <= MOST_LINES) {
      info.accept(line);
    }
  }

  /** Says what was counted, once the minute is over. */
  synchronized void flush() {
    Instant now = clock.instant();
    if (begun != Instant.MIN && now.isBefore(begun.plus(MINUTE))) {
      return;
    }
    lines.forEach(
        (address, counts) -> {
          int written = address.equals(OTHERS) ? 0 : MOST_LINES;
          int more = counts.values().stream().mapToInt(count -> Math.max(0, count - written)).sum();
          if (more > 0) {
            info.accept("log-ins from " + address + ": " + more + " more in a minute");
          }
        });
    lines.clear();
    shut.clear();
    begun = now;
  }
}
