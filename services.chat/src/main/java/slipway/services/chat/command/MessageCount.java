package slipway.services.chat.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many messages. */
record MessageCount(int value) {

  static final int MOST = 1000;

  static final class Converter implements ITypeConverter<MessageCount> {
    @Override
    public MessageCount convert(String text) {
      if (text.matches("[1-9][0-9]{0,8}") && Integer.parseInt(text) <= MOST) {
        return new MessageCount(Integer.parseInt(text));
      }
      throw new TypeConversionException("allowed is 1 to " + MOST);
    }
  }
}
