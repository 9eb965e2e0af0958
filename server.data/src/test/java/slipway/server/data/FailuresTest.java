package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mariadb.jdbc.export.MaxAllowedPacketException;

class FailuresTest {

  private static final String H2 = "jdbc:h2:mem:x;PASSWORD=hidden";
  private static final String MARIADB = "jdbc:mariadb://db/x?password=hidden";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "h2, 08006, 0, database",
        "h2, -, 90020, database",
        "h2, -, 90028, database",
        "h2, -, 90121, database",
        "h2, -, 90096, refusal",
        "h2, -, 90097, refusal",
        "h2, 23505, 23505, statement",
        // another product's codes say nothing
        "h2, -, 1927, statement",
        "h2, -, 1142, statement",
        "mariadb, 08000, 0, database",
        "mariadb, 70100, 1927, database",
        "mariadb, 42000, 1142, refusal",
        "mariadb, HY000, 1290, refusal",
        "mariadb, 08S01, 1153, statement",
        "mariadb, 23000, 1062, statement",
        "mariadb, -, 90028, statement",
        "mariadb, -, 90096, statement",
      })
  void theProductsCodesSayWhatHasFailed(String product, String state, int code, String expected)
      throws Exception {
    SQLException failure = new SQLException("it failed", state, code);

    assertThat(kind(product.equals("h2") ? H2 : MARIADB, failure)).isEqualTo(expected);
  }

  private static String kind(String url, SQLException failure) throws Exception {
    Failures failures = failures(url);
    return failures.isOfDatabase(failure)
        ? "database"
        : failures.isRefusal(failure) ? "refusal" : "statement";
  }

  @Test
  void aRefusalIsFoundBelowWhatAMigrationSaysOfIt() throws Exception {
    SQLException refused = new SQLException("denied", "42000", 1142);

    assertThat(failures(MARIADB).isRefusal(new SQLException("V1__a.sql: denied", refused)))
        .isTrue();
  }

  @Test
  void aStatementThatIsTooLargeDoesNotEndTheDatabaseThoughItsConnectionEnds() throws Exception {
    SQLException failure =
        new SQLNonTransientConnectionException(
            "closed", "08S01", 0, new MaxAllowedPacketException("too large", true));

    assertThat(failures(MARIADB).isOfDatabase(failure)).isFalse();
  }

  @Test
  void aUserThatIsNotLetInIsFoundHoweverDeepTheDriverSaysIt() {
    SQLException denied = new SQLInvalidAuthorizationSpecException("denied");

    assertThat(Failures.isOfUser(new SQLTransientConnectionException(denied))).isTrue();
    assertThat(Failures.isOfUser(new SQLException("it failed"))).isFalse();
  }

  @Test
  void theReasonThatLiesDeepestIsTold() throws Exception {
    SQLException failure = new SQLException("cannot connect", new IOException("no route"));

    assertThat(failures(MARIADB).describe(failure)).isEqualTo("IOException: no route");
    assertThat(failures(MARIADB).describe(new SQLException("in\ntwo lines")))
        .isEqualTo("in two lines");
  }

  @Test
  void aFileThatAnotherProcessHasIsToldInTheHostsWords() throws Exception {
    SQLException failure =
        new SQLException("may be in use", "90020", 90020, new IOException("locked"));

    assertThat(failures(H2).describe(failure))
        .isEqualTo("another process has its file open, perhaps another host");
  }

  @Test
  void aFailureThatRepeatsTheUrlIsNotKept() throws Exception {
    DataUrl url = DataUrl.of(MARIADB, Path.of("").toAbsolutePath());
    SQLException loud = new SQLException("it failed", new IOException("at " + url.driverText()));
    SQLException quiet = new SQLException("it failed");

    assertThatObject(new Failures(url).discreet(loud)).isNull();
    assertThatObject(new Failures(url).discreet(quiet)).isSameAs(quiet);
    assertThat(new Failures(url).describe(loud)).isEqualTo("IOException: at jdbc:mariadb://db/x");
  }

  private static Failures failures(String url) throws Exception {
    return new Failures(DataUrl.of(url, Path.of("").toAbsolutePath()));
  }
}
