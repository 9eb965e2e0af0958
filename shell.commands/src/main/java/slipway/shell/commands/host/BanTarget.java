package slipway.shell.commands.host;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import slipway.account.AccountName;
import slipway.account.Network;

/** What is banned: a user, or a network. */
sealed interface BanTarget {

  /** What is allowed, for messages. */
  String FORM = "a user's name, " + AccountName.FORM + ", or " + Network.FORM;

  /** A user. */
  record User(AccountName name) implements BanTarget {}

  /** A network. */
  record Addresses(Network network) implements BanTarget {}

  /**
   * Reads one. No name holds a dot, a colon or a slash, and each network does.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static BanTarget parse(String text) {
    return text.chars().anyMatch(each -> each == '.' || each == ':' || each == '/')
        ? new Addresses(Network.parse(text))
        : new User(AccountName.of(text));
  }

  /** For the parameter of a command. */
  final class Converter implements ITypeConverter<BanTarget> {
    @Override
    public BanTarget convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException neither) {
        throw new TypeConversionException("allowed is " + FORM);
      }
    }
  }
}
