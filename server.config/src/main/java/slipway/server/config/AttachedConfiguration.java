package slipway.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.dump.Attachable;
import slipway.dump.Attachments;
import slipway.dump.Secrets;

/**
 * The files of {@code conf/} for a report, without secrets. A file of another kind than those that
 * the host reads may be nothing but a secret: only its name is told.
 */
@Component
public final class AttachedConfiguration implements Attachable {

  private static final Pattern SETTINGS =
      Pattern.compile(".+\\.cfg|conf\\.ini|host\\.properties|jvm\\.options|logback\\.xml");

  private final Path folder;

  /** For Declarative Services. */
  @Activate
  public AttachedConfiguration(BundleContext context) {
    this(home(context).resolve("conf"));
  }

  AttachedConfiguration(Path folder) {
    this.folder = folder;
  }

  private static Path home(BundleContext context) {
    String property = context.getProperty("slipway.home");
    return Path.of(property == null ? "" : property).toAbsolutePath().normalize();
  }

  @Override
  public String title() {
    return "configuration";
  }

  @Override
  public void attach(Attachments to) throws IOException {
    StringBuilder others = new StringBuilder();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (SETTINGS.matcher(name).matches()
          && Files.isRegularFile(file)
          && Files.size(file) <= ConfFolder.LIMIT) {
        // of which each byte is a character: a file may be in any encoding
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        try (var out = to.file("conf/" + name)) {
          for (String line : Secrets.without(lines)) {
            out.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
          }
        }
      } else {
        others.append(ConfFolder.shown(name)).append(" is left out\n");
      }
    }
    if (!others.isEmpty()) {
      to.text("conf/others.txt", others.toString());
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }
}
