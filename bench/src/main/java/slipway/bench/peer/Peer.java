package slipway.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A process that prints {@code PORT n} once it serves. */
final class Peer implements Server {

  private static final String PORT = "PORT ";

  private final Process process;
  private final int port;

  private Peer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Server start(List<String> command) throws IOException {
    Process process =
        Children.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String line = out.readLine();
    if (line == null || !line.startsWith(PORT)) {
      Children.kill(process);
      throw new IOException(command.getLast() + " did not start: " + line);
    }
    return new Peer(process, Integer.parseInt(line.substring(PORT.length())));
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void close() {
    Children.kill(process);
  }
}
