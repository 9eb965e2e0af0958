package slipway.shell.commands;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import slipway.account.Account;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.admin.AcceptorStatus;
import slipway.admin.ChatAdmin.Message;
import slipway.admin.ChatAdmin.Room;
import slipway.admin.ConnectionStatus;
import slipway.admin.DeployAdmin.Deployment;
import slipway.admin.DeployAdmin.Leak;
import slipway.admin.DeployAdmin.LibraryInstallation;
import slipway.admin.DeployAdmin.Plan;
import slipway.admin.LogAdmin.LoggerLevel;
import slipway.admin.LogRecord;
import slipway.shell.commands.ChatCommand.Occupant;
import slipway.shell.commands.Listing.Column;
import slipway.shell.commands.Text.Digest;

/** The lists that the commands show. Scripts rely on their keys and on the order of columns. */
final class Listings {

  static final Listing<ServiceRow> SERVICES =
      new Listing<>(
          List.of(
              new Column<>("Name", "name", ServiceRow::name),
              new Column<>("RefCount", "refCount", ServiceRow::refCount),
              new Column<>("State", "state", ServiceRow::state),
              new Column<>("Version", "version", ServiceRow::version),
              new Column<>("Bundle", "bundle", ServiceRow::bundle),
              new Column<>("Bundle state", "bundleState", ServiceRow::bundleState),
              new Column<>("Reason", "reason", ServiceRow::reason)));

  static final Listing<Plan> PLANS =
      new Listing<>(
          List.of(
              new Column<>("Service", "service", Plan::service),
              new Column<>("Library", "library", Plan::library),
              new Column<>("Version", "version", Plan::version),
              new Column<>("Replaces", "replaces", Plan::replaces),
              new Column<>("Touches", "touches", Plan::touched)));

  static final Listing<Deployment> DEPLOYMENTS =
      new Listing<>(
          List.of(
              new Column<>("Service", "service", Deployment::service),
              new Column<>("Version", "version", Deployment::version),
              new Column<>("Time", "time", Deployment::when),
              new Column<>("By", "by", Deployment::by),
              new Column<>("Digest", "digest", deployment -> new Digest(deployment.digest())),
              new Column<>("Source", "source", Deployment::source),
              new Column<>("Outcome", "outcome", Deployment::outcome)));

  static final Listing<LibraryInstallation> LIBRARIES =
      new Listing<>(
          List.of(
              new Column<>("Library", "library", LibraryInstallation::library),
              new Column<>("Version", "version", LibraryInstallation::version),
              new Column<>("Replaced", "replaced", LibraryInstallation::replaced),
              new Column<>("Restarted", "restarted", LibraryInstallation::restarted)));

  static final Listing<Leak> LEAKS =
      new Listing<>(
          List.of(
              new Column<>("Service", "service", Leak::service),
              new Column<>("Version", "version", Leak::version),
              new Column<>("Bundle", "bundle", Leak::bundleId),
              new Column<>("Gone since", "gone", Leak::gone),
              new Column<>("Holders", "holders", Leak::holders)));

  /** Acceptors, and files that were to make some and are refused. */
  static final Listing<AcceptorRow> ACCEPTORS_AND_FILES =
      new Listing<>(
          List.of(
              new Column<>("IP", "ip", AcceptorRow::address),
              new Column<>("Port", "port", AcceptorRow::port),
              new Column<>("State", "state", AcceptorRow::state),
              new Column<>("Name", "name", AcceptorRow::name),
              new Column<>("Service", "service", AcceptorRow::service),
              new Column<>("Connections", "connections", AcceptorRow::connections),
              new Column<>("Transport", "transport", AcceptorRow::transport),
              new Column<>("Reason", "reason", AcceptorRow::reason)));

  static final Listing<AcceptorStatus> ACCEPTORS = ACCEPTORS_AND_FILES.of(AcceptorRow::of);

  static final Listing<ConnectionStatus> CONNECTIONS =
      new Listing<>(
          List.of(
              new Column<>("ID", "id", ConnectionStatus::id),
              new Column<>("Service", "service", ConnectionStatus::service),
              new Column<>("IP", "ip", ConnectionStatus::address),
              new Column<>("Port", "port", connection -> port(connection.port())),
              new Column<>("Time since", "since", ConnectionStatus::since),
              new Column<>("Acceptor", "acceptor", ConnectionStatus::acceptor),
              new Column<>("Version", "version", ConnectionStatus::version),
              new Column<>("In", "in", ConnectionStatus::bytesIn),
              new Column<>("Out", "out", ConnectionStatus::bytesOut)));

  static final Listing<LogRecord> RECORDS =
      new Listing<>(
          List.of(
              new Column<>("Index", "index", LogRecord::index),
              new Column<>("Time", "time", LogRecord::time),
              new Column<>("Level", "level", LogRecord::level),
              new Column<>("Type", "type", LogRecord::type),
              new Column<>("Connection", "connection", Listings::connection),
              new Column<>("Logger", "logger", LogRecord::logger),
              new Column<>("Bundle", "bundle", record -> orNull(record.bundle())),
              new Column<>("Message", "message", LogRecord::message),
              new Column<>("Stack", "stack", Listings::stack)));

  static final Listing<LoggerLevel> LEVELS =
      new Listing<>(
          List.of(
              new Column<>("Logger", "logger", LoggerLevel::logger),
              new Column<>("Level", "level", LoggerLevel::level),
              new Column<>(
                  "By",
                  "by",
                  level -> level.set() ? "logs level, until the host ends" : "conf/logback.xml")));
  static final Listing<Room> ROOMS =
      new Listing<>(
          List.of(
              new Column<>("Room", "room", Room::name),
              new Column<>("Users", "users", Room::users)));

  static final Listing<Occupant> OCCUPANTS =
      new Listing<>(
          List.of(
              new Column<>("Room", "room", Occupant::room),
              new Column<>("User", "user", Occupant::user)));

  static final Listing<Message> MESSAGES =
      new Listing<>(
          List.of(
              new Column<>("ID", "id", Message::id),
              new Column<>("Time", "time", Message::sent),
              new Column<>("Message", "message", Message::line)));

  private Listings() {}

  private static Object connection(LogRecord record) {
    return record.connection().matches("\\d{1,18}")
        ? (Object) Long.valueOf(record.connection())
        : orNull(record.connection());
  }

  private static List<String> stack(LogRecord record) {
    return record.stack().isEmpty() ? null : record.stack();
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /**
   * The users.
   *
   * @param now a ban that has ended by then is not shown
   */
  static Listing<Account> users(Instant now) {
    return new Listing<>(
        List.of(
            new Column<>("Name", "name", Account::name),
            new Column<>("ID", "id", Account::id),
            new Column<>("Role", "role", Account::role),
            new Column<>("Since", "since", Account::created),
            new Column<>("Last seen", "seen", user -> user.seen().orElse(null)),
            new Column<>("Banned until", "bannedUntil", user -> ban(user, now, Ban::until)),
            new Column<>("By", "bannedBy", user -> ban(user, now, Ban::by)),
            new Column<>("Reason", "reason", user -> ban(user, now, Ban::reason))));
  }

  /** Networks that are kept out. */
  static Listing<AddressBan> addressBans() {
    return new Listing<>(
        List.of(
            new Column<>("Address", "address", AddressBan::network),
            new Column<>("Banned until", "bannedUntil", banned -> banned.ban().until()),
            new Column<>("By", "bannedBy", banned -> banned.ban().by()),
            new Column<>("Reason", "reason", banned -> banned.ban().reason())));
  }

  private static <T> T ban(Account user, Instant now, Function<Ban, T> part) {
    return user.banAt(now).map(part).orElse(null);
  }

  private static Integer port(int port) {
    return port == 0 ? null : port;
  }
}
