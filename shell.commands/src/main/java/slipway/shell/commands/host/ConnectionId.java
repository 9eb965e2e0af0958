package slipway.shell.commands.host;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A connection's number. */
record ConnectionId(long value) {

  static final class Converter implements ITypeConverter<ConnectionId> {
    @Override
    public ConnectionId convert(String text) {
      try {
        return new ConnectionId(Long.parseLong(text));
      } catch (NumberFormatException notANumber) {
        throw new TypeConversionException(
            "allowed is a connection's number, as statistics shows it");
      }
    }
  }
}
