package slipway.shell.commands.host;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A jar as operators name it: a URL, or a path. */
sealed interface Jar {

  /** The beginning of a URL; one letter is no scheme, but may be a drive. */
  Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  /** A jar that a URL names. */
  record Remote(URI url) implements Jar {
    @Override
    public URI from(Path directory) {
      return url;
    }
  }

  /** A file, which may be relative. */
  record Local(Path path) implements Jar {
    @Override
    public URI from(Path directory) {
      return directory.resolve(path).toUri();
    }
  }

  /**
   * Where it is; the host finds out whether anything is there.
   *
   * @param directory what a relative path counts from; absolute
   */
  URI from(Path directory);

  /** Reads a file or a URL. */
  final class Converter implements ITypeConverter<Jar> {
    @Override
    public Jar convert(String text) {
      try {
        if (SCHEME.matcher(text).matches()) {
          return new Remote(new URI(text));
        }
        if (!text.isBlank()) {
          return new Local(Path.of(text));
        }
      } catch (URISyntaxException | InvalidPathException neither) {
        // refused below
      }
      throw new TypeConversionException(
          "allowed is a file, or a URL such as https://example.org/echo.jar");
    }
  }
}
