package slipway.shell.commands.filter;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many lines. */
record LineCount(int value) {

  private static final int MOST = 100_000;

  static final class Converter implements ITypeConverter<LineCount> {
    @Override
    public LineCount convert(String text) {
      if (text.matches("[1-9][0-9]{0,5}") && Integer.parseInt(text) <= MOST) {
        return new LineCount(Integer.parseInt(text));
      }
      throw new TypeConversionException("allowed is a whole number from 1 to " + MOST);
    }
  }
}
