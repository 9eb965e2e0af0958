package slipway.shell.commands.host;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import slipway.admin.LogLevel;

/** A level that a record can have. */
final class LevelConverter implements ITypeConverter<LogLevel> {
  @Override
  public LogLevel convert(String text) {
    return LogLevel.parse(text)
        .filter(level -> level != LogLevel.OFF)
        .orElseThrow(
            () -> new TypeConversionException("allowed are ERROR, WARN, INFO, DEBUG, TRACE"));
  }
}
