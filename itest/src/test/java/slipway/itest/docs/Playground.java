package slipway.itest.docs;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import slipway.itest.FreePort;
import slipway.itest.ShortLife;

/**
 * A copy of the built distribution in a project's folder of its own, at the place where the build
 * has it and with the examples' jars beside it, and a shell in it. The ports of the documents are
 * replaced by free ones.
 */
final class Playground {

  /** A command can start a host, which may take as long as {@code bin/slipway start} waits. */
  private static final long COMMAND_SECONDS = 60;

  private static final int LOG_LINES = 40;

  private static final List<String> PORTS = List.of("2000", "2020", "2080", "3000");

  /** What no command prints: the end of its output, with its exit code behind it. */
  private static final char END = '\1';

  private final Path root;
  private final Path home;
  private final Map<String, String> ports = new LinkedHashMap<>();
  private final Process shell;

  Playground(Path project) throws IOException {
    root = Files.createTempDirectory("slip way ");
    home = root.resolve("dist/target/slipway");
    copy(project.resolve("dist/target/pristine"), home);
    if (!home.resolve("bin/slipway").toFile().setExecutable(true)) {
      throw new IOException("bin/slipway cannot be made executable");
    }
    copyExamples(project);
    ShortLife.prepare(home);
    takePorts();
    shell = shell();
  }

  // ---- what is there -------------------------------------------------------------------------

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(
            file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private void copyExamples(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(project.resolve("examples"))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Path copy = root.resolve(project.relativize(jar).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(jar, copy);
      }
    }
  }

  private void takePorts() throws IOException {
    for (String port : PORTS) {
      ports.put(port, Integer.toString(FreePort.next()));
    }
    try (Stream<Path> files = Files.list(home.resolve("conf"))) {
      for (Path file : files.toList()) {
        Files.writeString(file, withFreePorts(Files.readString(file)));
      }
    }
  }

  private Process shell() throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh").directory(home.toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TZ", "UTC");
    if (!hasNc()) {
      environment.put("PATH", substitute() + File.pathSeparator + environment.get("PATH"));
    }
    return builder.start();
  }

  private static boolean hasNc() throws IOException {
    Process nc =
        new ProcessBuilder("sh", "-c", "nc -h 2>&1; true").redirectErrorStream(true).start();
    try (InputStream out = nc.getInputStream()) {
      String help = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      return !Boolean.getBoolean("slipway.nc.substitute")
          && Stream.of("-N", "-U").allMatch(help::contains);
    }
  }

  /** A folder with an {@code nc} that is {@link Nc}. */
  private Path substitute() throws IOException {
    Path folder = Files.createDirectory(root.resolve("bin"));
    Path script =
        Files.writeString(
            folder.resolve("nc"),
            "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
                .formatted(
                    System.getProperty("java.home"),
                    Path.of("target/test-classes").toAbsolutePath(),
                    Nc.class.getName()));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
    return folder;
  }

  // ---- what happens --------------------------------------------------------------------------

  /** Writes a file of the distribution. */
  void write(String file, String text) throws IOException {
    Files.writeString(home.resolve(file), text);
  }

  /**
   * Executes a command in the shell, in which the next one follows.
   *
   * @return what it printed, with the ports of the documents
   */
  String execute(String command) throws IOException, InterruptedException {
    String script =
        "{ "
            + withFreePorts(command)
            + "\n} </dev/null; _code=$?; printf '\\n\\001%s\\n' $_code; (exit $_code)\n";
    shell.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
    shell.getOutputStream().flush();
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> complete(output));
    try {
      return withDocumentsPorts(output.get(COMMAND_SECONDS, TimeUnit.SECONDS))
          .replace(home.toRealPath().toUri().getRawPath(), "/opt/slipway/")
          .replace(home.toRealPath().toString(), "/opt/slipway");
    } catch (ExecutionException | TimeoutException failed) {
      throw new IOException(command + " did not end", failed);
    }
  }

  /** The last lines of the host's log, for those who look for the cause of a failure. */
  String endOfLog() throws IOException {
    Path log = home.resolve("var/log/slipway.log");
    if (!Files.exists(log)) {
      return "there is none";
    }
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }

  private void complete(CompletableFuture<String> output) {
    try {
      output.complete(untilEnd());
    } catch (IOException | RuntimeException failed) {
      output.completeExceptionally(failed);
    }
  }

  /** Reads bytes and not characters, so that nothing of the next command is read ahead. */
  private String untilEnd() throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = shell.getInputStream();
    for (int value = in.read(); value != END; value = in.read()) {
      if (value < 0) {
        throw new IOException("the shell has ended; it said: " + text);
      }
      text.append((char) value);
    }
    while (in.read() != '\n') {
      // the exit code
    }
    String printed = text.substring(0, text.length() - 1);
    return new String(printed.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private String withFreePorts(String text) {
    return replace(text, ports);
  }

  private String withDocumentsPorts(String text) {
    Map<String, String> back = new LinkedHashMap<>();
    ports.forEach((documented, free) -> back.put(free, documented));
    return replace(text, back);
  }

  private static String replace(String text, Map<String, String> words) {
    return Stream.of(text.split("\\b", -1))
        .map(word -> words.getOrDefault(word, word))
        .collect(joining());
  }

  // ---- how it ends ---------------------------------------------------------------------------

  /** Ends the host and whatever the shell started, and removes the folder. */
  void end() throws Exception {
    try {
      stopHost();
      ShortLife.ended(home);
    } finally {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly().waitFor();
      try (Stream<Path> files = Files.walk(root)) {
        files.sorted(Comparator.reverseOrder()).forEach(Playground::delete);
      }
    }
  }

  private void stopHost() throws Exception {
    Path pid = home.resolve("var/run/host.pid");
    if (!Files.exists(pid)) {
      return;
    }
    ProcessHandle host =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElse(null);
    if (host != null && host.destroy()) {
      try {
        host.onExit().get(COMMAND_SECONDS, TimeUnit.SECONDS);
      } finally {
        host.destroyForcibly();
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException kept) {
      throw new UncheckedIOException(kept);
    }
  }
}
