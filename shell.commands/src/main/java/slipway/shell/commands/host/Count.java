package slipway.shell.commands.host;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import slipway.admin.LogQuery;

/** How many records of the log. */
record Count(int value) {

  static final class Converter implements ITypeConverter<Count> {
    @Override
    public Count convert(String text) {
      try {
        int count = Integer.parseInt(text);
        if (count >= 0 && count <= LogQuery.MAX_COUNT) {
          return new Count(count);
        }
      } catch (NumberFormatException notANumber) {
        // told below, as a number out of range is
      }
      throw new TypeConversionException(
          "allowed is a whole number from 0 to " + LogQuery.MAX_COUNT);
    }
  }
}
