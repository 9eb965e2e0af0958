package slipway.server.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import slipway.data.Schema;
import slipway.itest.mariadb.MariaDb;

/** The databases that the host runs on, each with a way to take it away and to bring it back. */
enum Backend {
  H2 {
    @Override
    Map<String, String> newDatabase(Path home) {
      return Map.of("url", "jdbc:h2:file:./var/" + System.nanoTime() + "/data");
    }

    /** The file's folder becomes a file, and H2 closes as it does when its disk fails. */
    @Override
    void takeAway(Path home, Schema schema) throws Exception {
      Files.move(home.resolve("var"), home.resolve("gone"));
      Files.writeString(home.resolve("var"), "no folder");
      try {
        schema
            .read(connection -> connection.createStatement().execute("SHUTDOWN IMMEDIATELY"))
            .toCompletableFuture()
            .join();
      } catch (CompletionException expected) {
        // the connection ends with the database
      }
    }

    @Override
    void bringBack(Path home) throws Exception {
      Files.delete(home.resolve("var"));
      Files.move(home.resolve("gone"), home.resolve("var"));
    }
  },

  MARIADB {
    @Override
    Map<String, String> newDatabase(Path home) throws Exception {
      MariaDb server = MariaDb.server();
      return Map.of(
          "url", server.url(server.newDatabase()),
          "user", MariaDb.USER,
          "password", MariaDb.PASSWORD);
    }

    @Override
    void takeAway(Path home, Schema schema) throws Exception {
      MariaDb.server().kill();
    }

    @Override
    void bringBack(Path home) throws Exception {
      MariaDb.server().start();
    }
  };

  /** Settings for a new, empty database. */
  abstract Map<String, String> newDatabase(Path home) throws Exception;

  abstract void takeAway(Path home, Schema schema) throws Exception;

  abstract void bringBack(Path home) throws Exception;

  /** The same settings with some changed. */
  static Map<String, String> with(Map<String, String> settings, String... changes) {
    Map<String, String> changed = new TreeMap<>(settings);
    for (int i = 0; i < changes.length; i += 2) {
      changed.put(changes[i], changes[i + 1]);
    }
    return changed;
  }
}
