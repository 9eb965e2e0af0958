package slipway.server.data;

import static slipway.server.data.Notes.LOADER;
import static slipway.server.data.Notes.insert;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import slipway.config.Settings;
import slipway.data.Schema;

/**
 * A process that writes without end, several at a time, and says on standard output what has been
 * acknowledged: {@code Writer HOME KEY=VALUE…}. A failure is said too, and does not end it. It ends
 * with its standard input, so that it does not outlive a test that is killed.
 */
final class Writer {

  /** Ends each text, so that a line that a kill has cut is known, and a small disk soon full. */
  static final String END = "x".repeat(99) + "y";

  private static final int AT_ONCE = 16;

  private Writer() {}

  /** Runs until it is killed, or nobody holds its standard input any more. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> settings = new HashMap<>();
    for (int i = 1; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    HostDatabase database =
        new HostDatabase(Path.of(arguments[0]), Settings.of(DataConfig.class, settings));
    Schema notes = database.schema("notes", LOADER);
    for (int writer = 0; writer < AT_ONCE; writer++) {
      String name = ProcessHandle.current().pid() + "-" + writer + "-";
      Thread.ofPlatform().start(() -> write(notes, name));
    }
    System.in.transferTo(OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }

  private static void write(Schema notes, String name) {
    for (int i = 0; true; i++) {
      String text = name + i + END;
      try {
        notes.write(connection -> insert(connection, text)).toCompletableFuture().join();
        say("written " + text);
      } catch (CompletionException failed) {
        say("failed " + failed.getCause().getMessage());
      }
    }
  }

  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
