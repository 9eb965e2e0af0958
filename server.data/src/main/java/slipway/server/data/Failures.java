package slipway.server.data;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells failures of one database from those of a statement: by what JDBC says of them, and by what
 * the product's codes say.
 *
 * @param url where the database is
 */
record Failures(DataUrl url) {

  private static final int LONGEST = 300;

  /** A failure and its causes, the deepest last. */
  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  /** Those of a failure and its causes that the database or its driver has made. */
  static Stream<SQLException> sqlCauses(Throwable failure) {
    return causes(failure).filter(SQLException.class::isInstance).map(SQLException.class::cast);
  }

  /** Whether the database is there, and does not let the user in. */
  static boolean isOfUser(Throwable failure) {
    return causes(failure).anyMatch(SQLInvalidAuthorizationSpecException.class::isInstance);
  }

  /** No connection was free in time, and no new one has failed. */
  static boolean isOfPool(SQLException failure) {
    return failure.getClass() == SQLTransientConnectionException.class
        && failure.getSQLState() == null
        && failure.getCause() == null
        && failure.getNextException() == null;
  }

  /** Whether the database cannot be used, rather than a statement be executed. */
  boolean isOfDatabase(SQLException failure) {
    return causes(failure).noneMatch(url.product()::isOfStatement)
        && (isOfConnection(failure) || url.product().isGone(failure));
  }

  private static boolean isOfConnection(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.startsWith("08")
        || failure instanceof SQLTransientConnectionException
        || failure instanceof SQLNonTransientConnectionException
        || failure instanceof SQLRecoverableException
        || failure instanceof SQLInvalidAuthorizationSpecException;
  }

  /** Whether the database is there, and refuses this to its user or for now to all. */
  boolean isRefusal(SQLException failure) {
    return sqlCauses(failure).anyMatch(url.product()::isRefusal);
  }

  /** What failed, in one line: the reason that lies deepest says most, unless the product knows. */
  String describe(Throwable failure) {
    return sqlCauses(failure)
        .map(url.product()::explain)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> line(causes(failure).reduce(failure, (above, below) -> below)));
  }

  private String line(Throwable deepest) {
    String message = deepest.getMessage() == null ? "" : deepest.getMessage();
    String type = deepest.getClass().getSimpleName();
    String text =
        message.isEmpty()
            ? type
            : deepest instanceof SQLException ? message : type + ": " + message;
    text = text.replace(url.driverText(), url.toString()).replaceAll("\\p{Cntrl}+", " ").strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** The failure, to be kept as a cause; null if the driver has put the URL into its text. */
  SQLException discreet(SQLException failure) {
    return causes(failure)
            .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(url.driverText()))
        ? null
        : failure;
  }
}
