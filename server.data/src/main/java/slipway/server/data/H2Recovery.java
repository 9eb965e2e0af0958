package slipway.server.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the end of an H2 file that was not closed, as after a kill.
 *
 * <p>H2 looks for the newest of its chunks from the one that the file's header names. But where the
 * place of a chunk was not the predicted one, the header names the chunk before it ({@code
 * FileStore.storeBuffer} sets {@code lastChunk} after {@code writeChunk} has written the header, H2
 * 2.4 and 2.5). Then what follows is not found, though it is there, and is overwritten in time: in
 * one of three kills under load acknowledged writes were lost. In recovery mode H2 looks at the
 * whole file. So a file that was not closed is opened in that mode once, and closed, before anybody
 * else opens it.
 */
final class H2Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(H2Recovery.class);
  private static final int HEADER_BYTES = 4096;
  private static final String CLOSED = "clean:1";

  private H2Recovery() {}

  /** Does what is needed; does nothing if the file is closed, new, encrypted, or in use. */
  static void run(Path file) {
    try {
      if (needs(file)) {
        new MVStore.Builder()
            .fileName(file.toString())
            .autoCommitDisabled()
            .recoveryMode()
            .open()
            .close();
        LOG.info("{} was not closed, and has been looked through", file);
      }
    } catch (IOException | MVStoreException notOurs) {
      // somebody has it open, or it is damaged: opening it as a database says which
      LOG.debug("{} is not recovered", file, notOurs);
    }
  }

  private static boolean needs(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String header = new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1);
      int end = header.indexOf('\n');
      return header.startsWith("H:") && end > 0 && !header.substring(0, end).contains(CLOSED);
    }
  }
}
