package slipway.server.acceptor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.admin.ServiceAdmin;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.net.Intake.Choice;
import slipway.service.Audience;
import slipway.service.ServiceNames;

/**
 * What is configured for an acceptor.
 *
 * @param address where it listens
 * @param accepting true for START, false for STOP
 * @param backlog how many clients may wait to be accepted
 * @param maxConnections open connections at which accepting stops; 0 for no limit
 * @param discovery whether UDP datagrams are answered
 * @param choice who chooses the service
 * @param service the service; empty if the client chooses
 * @param dispatchTimeout time for naming the service, and for the service to be there
 * @param idleTimeout time after which an idle connection is closed; zero for never
 * @param stages names of what stands before the service, in the order in which bytes pass it
 * @param audience for whom it is
 */
record AcceptorSettings(
    ListenAddress address,
    boolean accepting,
    int backlog,
    int maxConnections,
    boolean discovery,
    Choice choice,
    String service,
    Duration dispatchTimeout,
    Duration idleTimeout,
    List<String> stages,
    Audience audience) {

  private static final Duration LONGEST = Duration.ofDays(365);

  static AcceptorSettings of(Map<String, ?> properties) throws InvalidConfiguration {
    return of(Settings.of(AcceptorConfig.class, properties));
  }

  static AcceptorSettings of(Settings settings) throws InvalidConfiguration {
    ListenAddress address = address(settings);
    boolean discovery = settings.flag("discovery");
    if (discovery && address instanceof ListenAddress.Unix) {
      throw settings.refused("discovery", "false if ip is unix:PATH");
    }
    String service = service(settings);
    boolean override = settings.flag("service.override");
    if (override && service.isEmpty()) {
      throw settings.refused("service.override", "false if no service is named");
    }
    return new AcceptorSettings(
        address,
        accepting(settings),
        settings.integer("backlog", 1, 65_535),
        settings.integer("max.connections", 0, Integer.MAX_VALUE),
        discovery,
        service.isEmpty() ? Choice.CLIENT : override ? Choice.OVERRIDE : Choice.FIXED,
        service,
        settings.duration("dispatch.timeout", Duration.ofMillis(1), Duration.ofHours(1)),
        settings.duration("idle.timeout", Duration.ZERO, LONGEST),
        stages(settings),
        audience(settings, service));
  }

  /** That of the service admin need not say so: older files do not. */
  private static Audience audience(Settings settings, String service) throws InvalidConfiguration {
    boolean admin = service.equals(ServiceAdmin.ADMIN);
    return switch (settings.text("audience").toLowerCase(Locale.ROOT)) {
      case "" -> admin ? Audience.OPERATORS : Audience.USERS;
      case "operators" -> Audience.OPERATORS;
      case "users" -> {
        if (admin) {
          throw settings.refused("audience", "operators for the service admin");
        }
        yield Audience.USERS;
      }
      default -> throw settings.refused("audience", "users or operators");
    };
  }

  /** Whether there are such stages is not known here: a bundle may bring them later. */
  private static List<String> stages(Settings settings) throws InvalidConfiguration {
    List<String> names = settings.texts("stages");
    if (!names.stream().allMatch(ServiceNames::isName)
        || new HashSet<>(names).size() < names.size()) {
      throw settings.refused(
          "stages", "names of stages, each once, with commas between them, or nothing at all");
    }
    return names;
  }

  private static ListenAddress address(Settings settings) throws InvalidConfiguration {
    String ip = settings.text("ip");
    if (ip.startsWith(ListenAddress.UNIX)) {
      return unix(settings, ip.substring(ListenAddress.UNIX.length()).strip());
    }
    ListenAddress.Tcp tcp = ListenAddress.Tcp.of(ip, settings.integer("port", 0, 65_535));
    if (tcp == null) {
      throw settings.refused(
          "ip",
          "an IPv4 or IPv6 address such as 127.0.0.1, ::1, fe80::1%eth0 or 0.0.0.0, or unix:PATH");
    }
    return tcp;
  }

  private static ListenAddress unix(Settings settings, String path) throws InvalidConfiguration {
    try {
      if (!path.isEmpty() && Path.of(path).getFileName() != null) {
        return new ListenAddress.Unix(Path.of(path));
      }
    } catch (InvalidPathException notAPath) {
      // refused below, as an empty one is
    }
    throw settings.refused("ip", "unix: and the path of the socket's file");
  }

  private static boolean accepting(Settings settings) throws InvalidConfiguration {
    AcceptorState state = AcceptorState.parse(settings.text("state")).orElse(AcceptorState.CLOSE);
    if (state == AcceptorState.CLOSE) {
      throw settings.refused("state", "START or STOP; to close the acceptor, delete its file");
    }
    return state == AcceptorState.START;
  }

  private static String service(Settings settings) throws InvalidConfiguration {
    String text = settings.text("service");
    return text.isEmpty()
        ? ""
        : ServiceNames.parse(text)
            .orElseThrow(
                () -> settings.refused("service", ServiceNames.FORM + ", or nothing at all"));
  }

  AcceptorState state() {
    return accepting ? AcceptorState.START : AcceptorState.STOP;
  }

  /** Whether it is for operators, and accepts also while users are kept out. */
  boolean isOperators() {
    return audience == Audience.OPERATORS;
  }

  /** Whether it is the operators' way in, which nothing closes. */
  boolean isWayIn() {
    return isWayIn(audience, service);
  }

  /** Whether an acceptor is that. */
  static boolean isWayIn(AcceptorStatus acceptor) {
    return isWayIn(acceptor.audience(), acceptor.service());
  }

  /** A client can reach the service admin, and command the host. */
  private static boolean isWayIn(Audience audience, String service) {
    return audience == Audience.OPERATORS
        && (service.isEmpty() || service.equals(ServiceAdmin.ADMIN));
  }
}
