package slipway.server.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import slipway.config.InvalidConfiguration;

/** H2, which runs inside the host and keeps its database in a file. */
record H2() implements Product {

  private static final int IN_USE = 90020;

  /**
   * The codes for a database that is no longer open, without the state of one: disk and file
   * failures, after which H2 closes itself, among them. From {@code org.h2.api.ErrorCode}.
   */
  private static final Set<Integer> CLOSED =
      Set.of(IN_USE, H2File.IO_EXCEPTION, 90030, 90031, 90067, 90098, 90121, 90135);

  /**
   * H2 may not do it: the user lacks the right, or the file is read-only. From {@code
   * org.h2.api.ErrorCode}.
   */
  private static final Set<Integer> REFUSES = Set.of(90040, 90096, 90097);

  /** One process has the file; two configurations in it may have the same one for a while. */
  private static final Object MIGRATING = new Object();

  @Override
  public List<String> schemes() {
    return List.of(H2Url.SCHEME);
  }

  @Override
  public DataUrl url(String text, Path home) throws InvalidConfiguration {
    return H2Url.of(text, home);
  }

  @Override
  public Connector connector(DataSettings settings, Duration statementTimeout, DataFiles files) {
    return new H2Connector(settings, statementTimeout, files);
  }

  @Override
  public <T> T alone(DataSource source, String schema, Duration patience, Step<T> step)
      throws SQLException, IOException {
    synchronized (MIGRATING) {
      try (Connection connection = source.getConnection()) {
        return step.run(connection);
      }
    }
  }

  /** H2 writes behind its commits. */
  @Override
  public Durability durability(DataSource source) throws SQLException {
    Checkpoints checkpoints = Checkpoints.of(source);
    try {
      checkpoints.write();
      return checkpoints;
    } catch (SQLException | RuntimeException failed) {
      checkpoints.close();
      throw failed;
    }
  }

  @Override
  public boolean isGone(SQLException failure) {
    return CLOSED.contains(failure.getErrorCode());
  }

  @Override
  public boolean isRefusal(SQLException failure) {
    return REFUSES.contains(failure.getErrorCode());
  }

  @Override
  public boolean isOfStatement(Throwable failure) {
    return false;
  }

  @Override
  public Optional<String> explain(SQLException failure) {
    return failure.getErrorCode() == IN_USE
        ? Optional.of("another process has its file open, perhaps another host")
        : Optional.empty();
  }
}
