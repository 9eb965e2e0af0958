package slipway.shell.commands.host;

import slipway.admin.DeployAdmin.Refused;
import slipway.admin.RefusedFile;
import slipway.admin.ServiceStatus;
import slipway.command.Column;
import slipway.command.Table;

/**
 * A line of {@code libctl ps}: a version of a service, or a file in {@code services/} or {@code
 * conf/} that is refused.
 *
 * @param name the service's name, or the file's
 * @param state the service's state, or {@code REFUSED}
 * @param bundle the id of its bundle; null if there is none
 */
record ServiceRow(
    String name,
    int refCount,
    String state,
    String version,
    Long bundle,
    String bundleState,
    String reason) {

  static final Table<ServiceRow> TABLE =
      Table.of(
          new Column<>("Name", "name", ServiceRow::name),
          new Column<>("RefCount", "refCount", ServiceRow::refCount),
          new Column<>("State", "state", ServiceRow::state),
          new Column<>("Version", "version", ServiceRow::version),
          new Column<>("Bundle", "bundle", ServiceRow::bundle),
          new Column<>("Bundle state", "bundleState", ServiceRow::bundleState),
          new Column<>("Reason", "reason", ServiceRow::reason));

  static ServiceRow of(ServiceStatus service) {
    return new ServiceRow(
        service.name(),
        service.refCount(),
        String.valueOf(service.state()),
        service.version(),
        service.bundleId() < 0 ? null : service.bundleId(),
        service.bundleState(),
        service.reason());
  }

  static ServiceRow of(Refused file) {
    return new ServiceRow(file.file(), 0, "REFUSED", "", null, "", file.reason());
  }

  static ServiceRow of(RefusedFile file) {
    String then =
        file.goOn().isEmpty()
            ? "; nothing of it is in force"
            : "; the last good configuration stays in force";
    return new ServiceRow(file.file(), 0, "REFUSED", "", null, "", file.reason() + then);
  }
}
