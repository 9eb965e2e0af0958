package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.server.data.Notes.LOADER;
import static slipway.server.data.Notes.await;
import static slipway.server.data.Notes.insert;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.config.Settings;
import slipway.data.Schema;

/** What has been acknowledged is there, whatever ends: processes of their own, and kill -9. */
class DurabilityTest {

  private static final int ENOUGH = 500;
  private static final int ROUNDS = 8;

  @TempDir Path home;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasAcknowledgedSurvivesAKillOfTheHost(Backend backend) throws Exception {
    Map<String, String> settings = backend.newDatabase(home);
    for (int round = 0; round < ROUNDS; round++) {
      Process host = writer(settings, "");
      Set<String> acknowledged = new TreeSet<>();
      try (BufferedReader output = host.inputReader()) {
        while (acknowledged.size() < ENOUGH) {
          acknowledge(output.readLine(), acknowledged);
        }
        // the process alone: Process.destroyForcibly would drop what it has said
        host.toHandle().destroyForcibly();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          acknowledge(line, acknowledged);
        }
      }
      host.waitFor();

      assertThat(stored(settings)).containsAll(acknowledged);
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesAKillOfTheDatabase() throws Exception {
    Map<String, String> settings = Backend.MARIADB.newDatabase(home);
    Process host = writer(settings, "");
    Set<String> acknowledged = new TreeSet<>();
    try (BufferedReader output = host.inputReader()) {
      while (acknowledged.size() < ENOUGH) {
        acknowledge(output.readLine(), acknowledged);
      }
      Backend.MARIADB.takeAway(home, null);
      String line = output.readLine();
      while (!line.startsWith("failed ")) {
        acknowledge(line, acknowledged);
        line = output.readLine();
      }
      assertThat(line).contains(" is away: ");
    }
    host.destroyForcibly().waitFor();
    Backend.MARIADB.bringBack(home);

    assertThat(stored(settings)).containsAll(acknowledged);
  }

  @Test
  void twoHostsOnOneFileOfH2AreToldSo() throws Exception {
    Map<String, String> settings = Backend.H2.newDatabase(home);
    HostDatabase database = open(settings);
    try {
      await(notes(database).read(Notes::count));

      Process other = writer(settings, "");
      try (BufferedReader output = other.inputReader()) {
        assertThat(output.readLine())
            .startsWith("failed the database " + settings.get("url") + " is away: ")
            .contains("another process");
      }
    } finally {
      database.close();
    }
  }

  /** At which H2 would end the path. */
  @Test
  void theHostsFolderMayHaveASemicolonInItsName() throws Exception {
    home = Files.createDirectory(home.resolve("a;b"));

    try (BufferedReader output = writer(Map.of(), "").inputReader()) {
      assertThat(output.readLine()).startsWith("written ");
    }

    assertThat(home.resolve("var/data/slipway.mv.db")).isRegularFile();
  }

  /** The limit of a process stands for the disk. */
  @Test
  void aFullDiskFailsWritesAndLosesNothing() throws Exception {
    Map<String, String> settings = Backend.H2.newDatabase(home);
    Process host = writer(settings, "ulimit -f 2000; ");
    Set<String> acknowledged = new TreeSet<>();
    try (BufferedReader output = host.inputReader()) {
      int failures = 0;
      while (failures < 50) {
        String line = output.readLine();
        if (line.startsWith("failed ")) {
          failures++;
        } else {
          acknowledge(line, acknowledged);
        }
      }
      assertThat(host.isAlive()).isTrue();
    }
    host.destroyForcibly().waitFor();

    assertThat(acknowledged).isNotEmpty();
    assertThat(stored(settings)).containsAll(acknowledged);
    HostDatabase database = open(settings);
    try {
      await(notes(database).write(connection -> insert(connection, "there is room again")));
    } finally {
      database.close();
    }
  }

  private Process writer(Map<String, String> settings, String before) throws IOException {
    StringBuilder command = new StringBuilder(before).append("exec \"$@\"");
    List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", command.toString(), "sh"));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(Writer.class.getName(), home.toString()));
    settings.forEach((key, value) -> line.add(key + "=" + value));
    Process process =
        new ProcessBuilder(line)
            .directory(home.toFile()) // as the host's script does
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    processes.add(process);
    return process;
  }

  private static void acknowledge(String line, Set<String> acknowledged) {
    // a line may be cut where its process was killed
    if (line.startsWith("written ") && line.endsWith(Writer.END)) {
      acknowledged.add(line.substring("written ".length()));
    }
  }

  private Set<String> stored(Map<String, String> settings) throws Exception {
    HostDatabase database = open(settings);
    try {
      return await(notes(database).read(Notes::texts));
    } finally {
      database.close();
    }
  }

  private HostDatabase open(Map<String, String> settings) throws Exception {
    return new HostDatabase(home, Settings.of(DataConfig.class, settings));
  }

  private static Schema notes(HostDatabase database) {
    return database.schema("notes", LOADER);
  }
}
