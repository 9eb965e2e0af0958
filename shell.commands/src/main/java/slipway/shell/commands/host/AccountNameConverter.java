package slipway.shell.commands.host;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import slipway.account.AccountName;

/** A user's name. */
final class AccountNameConverter implements ITypeConverter<AccountName> {
  @Override
  public AccountName convert(String text) {
    try {
      return AccountName.of(text);
    } catch (IllegalArgumentException noName) {
      throw new TypeConversionException("allowed are " + AccountName.FORM);
    }
  }
}
