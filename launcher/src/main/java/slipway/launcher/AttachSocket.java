package slipway.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The way into another Java process that works if its own threads are stuck: its virtual machine
 * answers by itself. It is the protocol of {@code jcmd}, in the form that all versions of Java
 * since 5 know; {@code jcmd} is in no JRE, and neither is the module that speaks it.
 *
 * <pre>
 *  file .attach_pidN, SIGQUIT ──▶ the virtual machine opens .java_pidN
 *  "1", "jcmd", COMMAND, "", "", each with a NUL ──▶ a result code in a line, then text
 * </pre>
 */
final class AttachSocket {

  /** The signal's place in a mask. */
  private static final long QUIT = 1 << 2;

  private final long pid;
  private final Path tmp;
  private final String number;
  private final long deadline;

  /**
   * Makes one that is not connected yet.
   *
   * @param limit how long all may take that is done by it
   */
  AttachSocket(long pid, Duration limit) {
    this.pid = pid;
    // in a container of its own the process has another folder, and another number
    Path seen = Path.of("/proc/" + pid + "/root/tmp");
    this.tmp =
        Files.isDirectory(seen)
            ? seen
            : Files.isDirectory(Path.of("/proc/self"))
                ? Path.of("/tmp")
                : Path.of(System.getProperty("java.io.tmpdir"));
    this.number =
        status("NSpid:")
            .map(numbers -> numbers.substring(numbers.lastIndexOf('\t') + 1))
            .orElse(Long.toString(pid));
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  /** What Linux says about the process; empty on other systems. */
  private Optional<String> status(String key) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).strip())
          .findFirst();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }

  /**
   * Has the virtual machine execute a diagnostic command.
   *
   * @param command as {@code jcmd} takes it
   * @return what it says
   * @throws IOException if it does not answer in time, or the command fails
   */
  String execute(String command) throws IOException, InterruptedException {
    if (isSuspended()) {
      throw new IOException(
          "the process is suspended, and so is its virtual machine: kill -CONT " + pid);
    }
    Path socket = tmp.resolve(".java_pid" + number);
    open(socket);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      Thread.ofPlatform()
          .daemon()
          .name("slipway-attach")
          .start(() -> ask(channel, socket, command, answer));
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException silent) {
      throw new IOException("its virtual machine does not answer in time", silent);
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause().getMessage(), failed.getCause());
    }
  }

  private static void ask(
      SocketChannel channel, Path socket, String command, CompletableFuture<String> answer) {
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      String request = String.join("\0", "1", "jcmd", command, "", "", "");
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(request);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      InputStream in = Channels.newInputStream(channel);
      String reply = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int end = reply.indexOf('\n');
      String text = end < 0 ? "" : reply.substring(end + 1);
      if (end < 0 || !reply.substring(0, end).equals("0")) {
        throw new IOException("its virtual machine refuses: " + (end < 0 ? reply : text).strip());
      }
      answer.complete(text);
    } catch (IOException | RuntimeException failed) {
      answer.completeExceptionally(failed);
    }
  }

  /** Has the virtual machine open its socket: it does if it finds a file at the signal. */
  private void open(Path socket) throws IOException, InterruptedException {
    if (Files.exists(socket)) {
      return;
    }
    if (!takesSignal()) {
      throw new IOException("its virtual machine leaves signals alone (-Xrs), and cannot be asked");
    }
    Path request = request();
    try {
      signal();
      while (!Files.exists(socket)) {
        if (System.nanoTime() > deadline) {
          throw new IOException("its virtual machine does not answer in time");
        }
        Pause.briefly();
      }
    } finally {
      Files.deleteIfExists(request);
    }
  }

  private Path request() throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    IOException failure = null;
    for (Path folder : List.of(Path.of("/proc/" + pid + "/cwd"), tmp)) {
      Path file = folder.resolve(".attach_pid" + number);
      try {
        Files.deleteIfExists(file);
        return Files.createFile(file, owner);
      } catch (IOException notThere) {
        failure = notThere;
      }
    }
    throw failure;
  }

  /** One that does not take the signal would end by it. */
  private boolean takesSignal() {
    return status("SigCgt:")
        .map(mask -> (Long.parseUnsignedLong(mask, 16) & QUIT) != 0)
        .orElse(true);
  }

  private void signal() throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).redirectErrorStream(true).start();
    if (kill.waitFor() != 0) {
      throw new IOException("it takes no signals of this user");
    }
  }

  private boolean isSuspended() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return "tT".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
    } catch (IOException | StringIndexOutOfBoundsException notLinux) {
      return false;
    }
  }
}
