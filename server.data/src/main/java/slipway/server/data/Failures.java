package slipway.server.data;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.mariadb.jdbc.export.MaxAllowedPacketException;

/** Tells the database's failures from those of a statement. */
final class Failures {

  private static final int H2_IN_USE = 90020;

  /**
   * H2's codes for a database that is no longer open, without the state of one: disk and file
   * failures, after which H2 closes itself, among them. From {@code org.h2.api.ErrorCode}.
   */
  private static final Set<Integer> H2_CLOSED =
      Set.of(H2_IN_USE, 90028, 90030, 90031, 90067, 90098, 90121, 90135);

  /** MariaDB: the connection was killed, which has the state of a statement that was. */
  private static final int MARIADB_CONNECTION_KILLED = 1927;

  /**
   * H2 is there and may not do it: the user lacks the right, or the file is read-only. From {@code
   * org.h2.api.ErrorCode}.
   */
  private static final Set<Integer> H2_REFUSES = Set.of(90040, 90096, 90097);

  /**
   * MariaDB is there and may not do it: the user lacks the right or has used up a quota, the
   * server, the table or the transaction is read-only, or there is no room. From its {@code
   * errmsg.h}.
   */
  private static final Set<Integer> MARIADB_REFUSES =
      Set.of(
          1021, 1026, 1030, 1036, 1044, 1114, 1142, 1143, 1226, 1227, 1290, 1370, 1792, 1836, 3100);

  private static final int MARIADB_PACKET_TOO_LARGE = 1153;

  private static final int LONGEST = 300;

  private Failures() {}

  /** MariaDB: the statement is larger than {@code max_allowed_packet}. The driver reconnects. */
  private static boolean isTooLarge(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MaxAllowedPacketException
          || cause instanceof SQLException sql && sql.getErrorCode() == MARIADB_PACKET_TOO_LARGE) {
        return true;
      }
    }
    return false;
  }

  /** Whether the database cannot be used, rather than a statement be executed. */
  static boolean isOfDatabase(SQLException failure) {
    String state = failure.getSQLState();
    if (isTooLarge(failure)) {
      return false;
    }
    return state != null && state.startsWith("08")
        || failure instanceof SQLTransientConnectionException
        || failure instanceof SQLNonTransientConnectionException
        || failure instanceof SQLRecoverableException
        || failure instanceof SQLInvalidAuthorizationSpecException
        || H2_CLOSED.contains(failure.getErrorCode())
        || failure.getErrorCode() == MARIADB_CONNECTION_KILLED;
  }

  /** Whether the database is there, and refuses this to its user or for now to all. */
  static boolean isRefusal(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && (H2_REFUSES.contains(sql.getErrorCode())
              || MARIADB_REFUSES.contains(sql.getErrorCode()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the database is there, and does not let the user in. */
  static boolean isOfUser(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLInvalidAuthorizationSpecException) {
        return true;
      }
    }
    return false;
  }

  /** No connection was free in time, and no new one has failed. */
  static boolean isOfPool(SQLException failure) {
    return failure.getClass() == SQLTransientConnectionException.class
        && failure.getSQLState() == null
        && failure.getCause() == null
        && failure.getNextException() == null;
  }

  /** What failed, in one line: the reason that lies deepest says most. */
  static String describe(Throwable failure, DataUrl url) {
    Throwable deepest = failure;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      if (deepest instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE) {
        return "another process has its file open, perhaps another host";
      }
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage() == null ? "" : deepest.getMessage();
    String type = deepest.getClass().getSimpleName();
    String text = message.isEmpty() ? type : message;
    if (!(deepest instanceof SQLException)) {
      text = message.isEmpty() ? type : type + ": " + message;
    }
    text = text.replace(url.driverText(), url.toString()).replaceAll("\\p{Cntrl}+", " ").strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** The failure, to be kept as a cause; null if the driver has put the URL into its text. */
  static SQLException discreet(SQLException failure, DataUrl url) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(url.driverText())) {
        return null;
      }
    }
    return failure;
  }
}
