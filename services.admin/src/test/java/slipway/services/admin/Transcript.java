package slipway.services.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code docs/admin-protocol.txt}: what both ends of the admin socket are held to. */
record Transcript(List<Exchange> exchanges) {

  /**
   * A request and its reply, with their delimiters.
   *
   * @param client what the client sends
   * @param server what the host answers; empty if it waits for more
   */
  record Exchange(String client, String server) {}

  static Transcript read() throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    String client = null;
    for (String line :
        Files.readAllLines(Path.of("../docs/admin-protocol.txt"), StandardCharsets.UTF_8)) {
      if (line.startsWith("C: ")) {
        if (client != null) {
          exchanges.add(new Exchange(client, ""));
        }
        client = plain(line.substring(3));
      } else if (line.startsWith("S: ")) {
        exchanges.add(new Exchange(client, plain(line.substring(3))));
        client = null;
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        throw new IOException("neither of the client nor of the host: " + line);
      }
    }
    return new Transcript(exchanges);
  }

  private static String plain(String text) {
    return text.replace("\\18", "\u0018")
        .replace("\\1", "\u0001")
        .replace("\\2", "\u0002")
        .replace("\\5", "\u0005")
        .replace("\\6", "\u0006")
        .replace("\\t", "\t")
        .replace("\\r", "\r")
        .replace("\\n", "\n")
        .replace("\\0", "\0")
        .replace("\\\\", "\\");
  }
}
