package slipway.shell.commands.host;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import slipway.account.Role;

/** A user's role, in upper or lower case. */
final class RoleConverter implements ITypeConverter<Role> {
  @Override
  public Role convert(String text) {
    return Arrays.stream(Role.values())
        .filter(role -> role.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("allowed are USER, OPERATOR"));
  }
}
