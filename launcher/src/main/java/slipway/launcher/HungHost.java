package slipway.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import slipway.dump.kept.Diagnostics;
import slipway.dump.kept.DumpDraft;
import slipway.dump.kept.DumpFolder;
import slipway.dump.kept.KeptDump;

/** Dumps a host that does not do what it is asked for: from beside it, or from inside. */
final class HungHost {

  /** How long its virtual machine may take to write its threads. */
  private static final Duration THREADS = Duration.ofSeconds(10);

  /** How long the host may be silent, and may take in all, to show its parts. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final Duration TREE = Duration.ofSeconds(10);

  private static final String JSON = "threads.json";
  private static final String JSON_IS = "all threads, also virtual ones";
  private static final String TEXT = "threads.txt";
  private static final String TEXT_IS = "platform threads with their locks, and deadlocks";

  private final Home home;
  private final DumpFolder dumps;

  HungHost(Home home) {
    this.home = home;
    this.dumps = Scene.dumps(home);
  }

  /**
   * Dumps another process, which is about to be ended.
   *
   * @param summary what is wrong with it, one line
   * @param answers whether it may still answer an operator
   * @throws IOException if nothing can be written
   */
  KeptDump of(ProcessHandle host, String summary, boolean answers)
      throws IOException, InterruptedException {
    try (DumpDraft draft = dumps.begin(Instant.now())) {
      draft.note("It was process " + host.pid() + ".");
      AttachSocket machine = new AttachSocket(host.pid(), THREADS);
      if (draft.make(JSON, JSON_IS, file -> threads(machine, file))) {
        addLocks(draft, machine);
      }
      if (answers) {
        draft.write(
            "tree.txt",
            "what the parts of the host said about themselves",
            out -> out.write(tree().getBytes(StandardCharsets.UTF_8)));
      }
      Scene.addTo(draft, home);
      return draft.keep(summary, false);
    }
  }

  /**
   * Dumps the threads of another process, as somebody has asked for.
   *
   * @throws Exception if its virtual machine does not answer either
   */
  KeptDump threadsOf(ProcessHandle host) throws Exception {
    try (DumpDraft draft = dumps.begin(Instant.now())) {
      AttachSocket machine = new AttachSocket(host.pid(), THREADS);
      draft.need(JSON, JSON_IS, file -> threads(machine, file));
      addLocks(draft, machine);
      return draft.keep("the threads of a host that did not answer", true);
    }
  }

  private static void addLocks(DumpDraft draft, AttachSocket machine) throws InterruptedException {
    draft.write(
        TEXT,
        TEXT_IS,
        out -> out.write(machine.execute("Thread.print -l").getBytes(StandardCharsets.UTF_8)));
  }

  private void threads(AttachSocket machine, Path file) throws IOException, InterruptedException {
    // the command cannot have each character of a folder's name, and the host works in its folder
    String said =
        machine.execute("Thread.dump_to_file -format=json " + home.inside(file.toAbsolutePath()));
    if (!Files.exists(file)) {
      throw new IOException(said.strip());
    }
  }

  private String tree() throws IOException {
    StringBuilder text = new StringBuilder();
    try (AdminClient client = AdminClient.connect(home.adminSocket(), SILENCE, Optional.of(TREE))) {
      Reply reply = client.execute("dump", text::append);
      if (!reply.succeeded()) {
        throw new IOException(reply.error());
      }
    }
    return text.toString();
  }

  /**
   * Dumps this process, which is a host that does not stop.
   *
   * @param summary what is wrong with it, one line
   * @throws IOException if nothing can be written
   */
  KeptDump self(String summary) throws IOException, InterruptedException {
    try (DumpDraft draft = dumps.begin(Instant.now())) {
      draft.note("It was process " + ProcessHandle.current().pid() + ".");
      draft.make(JSON, JSON_IS, file -> Diagnostics.threads(file.toAbsolutePath()));
      draft.write(
          TEXT, TEXT_IS, out -> out.write(Diagnostics.locks().getBytes(StandardCharsets.UTF_8)));
      Scene.addTo(draft, home);
      return draft.keep(summary, false);
    }
  }
}
