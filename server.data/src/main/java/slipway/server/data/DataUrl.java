package slipway.server.data;

import java.nio.file.Path;
import java.util.Optional;
import slipway.config.InvalidConfiguration;

/**
 * Where a database is. The parameters may hold secrets, so the driver's text never leaves this
 * package: {@link #toString} shows what an operator may see.
 *
 * @param product what is there
 * @param place the driver's text before the parameters
 * @param parameters what the operator has set, and the host's defaults
 * @param file H2's file, as an absolute path; empty if there is none, or H2 reaches it in a way of
 *     its own
 * @param shown the URL without user, password and parameters
 */
record DataUrl(
    Product product, String place, UrlParameters parameters, Optional<Path> file, String shown) {

  static final String FORM =
      "jdbc:h2:file:PATH, jdbc:mariadb://HOST/DATABASE or jdbc:mysql://HOST/DATABASE";

  /**
   * Reads a URL.
   *
   * @param home the folder from which relative paths of H2's files count
   * @throws InvalidConfiguration if it is not one that the host can use
   */
  static DataUrl of(String text, Path home) throws InvalidConfiguration {
    for (Product product : Product.ALL) {
      if (product.schemes().stream().anyMatch(text::startsWith)) {
        return product.url(text, home);
      }
    }
    throw refused(text, FORM);
  }

  /** Refuses a URL, and does not repeat its secrets. */
  static InvalidConfiguration refused(String text, String allowed) {
    return new InvalidConfiguration("url", withoutSecrets(text), allowed);
  }

  /** Without parameters and user information, whatever the text looks like. */
  static String withoutSecrets(String text) {
    return until(until(text, ';'), '?')
        .replaceAll("//[^/@]*@", "//")
        .replaceAll("\\((?i:user|password|[^()=]*(?:pass|secret)[^()=]*)=[^)]*\\)", "");
  }

  private static String until(String text, char end) {
    int index = text.indexOf(end);
    return index < 0 ? text : text.substring(0, index);
  }

  /** For the driver alone: may hold secrets. */
  String driverText() {
    return place + parameters.text();
  }

  /** The URL without user, password and parameters. */
  @Override
  public String toString() {
    return shown;
  }
}
