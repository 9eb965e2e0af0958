package slipway.services.chat.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A message's number. */
record MessageNumber(long value) {

  static final class Converter implements ITypeConverter<MessageNumber> {
    @Override
    public MessageNumber convert(String text) {
      if (text.matches("#?[1-9][0-9]{0,17}")) {
        return new MessageNumber(Long.parseLong(text.replace("#", "")));
      }
      throw new TypeConversionException("allowed is a message's ID, as chat history shows it");
    }
  }
}
