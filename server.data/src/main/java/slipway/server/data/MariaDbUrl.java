package slipway.server.data;

import java.sql.SQLException;
import java.util.Optional;
import org.mariadb.jdbc.Configuration;
import slipway.config.InvalidConfiguration;

/** Reads URLs of MariaDB and MySQL: {@code jdbc:mariadb://HOST:PORT/DATABASE[?KEY=VALUE&…]}. */
final class MariaDbUrl {

  static final String SCHEME = "jdbc:mariadb:";
  static final String MYSQL_SCHEME = "jdbc:mysql:";

  private MariaDbUrl() {}

  /**
   * Reads one.
   *
   * @throws InvalidConfiguration if the host cannot use it
   */
  static DataUrl of(String text) throws InvalidConfiguration {
    // one driver speaks to both, and takes the other name only if a parameter says so
    String url = SCHEME + text.substring(text.indexOf(':', "jdbc:".length()) + 1);
    if (!isKnownToDriver(url)) {
      throw DataUrl.refused(
          text, "jdbc:mariadb://HOST:PORT/DATABASE?KEY=VALUE&…, with keys of the driver");
    }
    int end = url.indexOf('?');
    UrlParameters parameters =
        UrlParameters.of('?', '&', end < 0 ? "" : url.substring(end + 1))
            // a database must not be able to ask for files of the host
            .orElse("allowLocalInfile", "false");
    return new DataUrl(
        new MariaDb(),
        end < 0 ? url : url.substring(0, end),
        parameters,
        Optional.empty(),
        DataUrl.withoutSecrets(text));
  }

  private static boolean isKnownToDriver(String url) {
    try {
      Configuration parsed = Configuration.parse(url);
      return parsed != null && !parsed.addresses().isEmpty() && parsed.database() != null;
    } catch (SQLException | RuntimeException malformed) {
      // its message repeats the URL
      return false;
    }
  }
}
