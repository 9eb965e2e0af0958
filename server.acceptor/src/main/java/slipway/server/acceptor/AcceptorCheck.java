package slipway.server.acceptor;

import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Refuses configurations of acceptors that could not take effect, or would lock operators out. */
@Component(property = ConfigurationCheck.PID + "=" + AcceptorConfig.PID)
public final class AcceptorCheck implements ConfigurationCheck {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  @Override
  public Class<? extends Annotation> type() {
    return AcceptorConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    check(name, settings, Map.of());
  }

  @Override
  public void check(String name, Settings settings, Map<String, Settings> siblings)
      throws InvalidConfiguration {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidConfiguration(
          "name",
          name,
          "1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or a digit");
    }
    AcceptorSettings asked = AcceptorSettings.of(settings);
    if (asked.isWayIn()) {
      refuseUnsafeWay(asked, settings);
    }
    for (Map.Entry<String, Settings> sibling : siblings.entrySet()) {
      if (asked.address().overlaps(AcceptorSettings.of(sibling.getValue()).address())) {
        throw new InvalidConfiguration(
            asked.address() instanceof ListenAddress.Unix ? "ip" : "port",
            asked.address(),
            "an address that no other acceptor has; this one is that of acceptor "
                + sibling.getKey());
      }
    }
  }

  private static void refuseUnsafeWay(AcceptorSettings asked, Settings settings)
      throws InvalidConfiguration {
    if (!(asked.address() instanceof ListenAddress.Unix)) {
      throw settings.refused(
          "ip",
          "unix:PATH for operators, unless service is another one than admin: any client that"
              + " reaches it commands the host");
    }
    if (!asked.accepting()) {
      throw settings.refused("state", "START: operators reach the host through this acceptor");
    }
    if (!asked.stages().isEmpty()) {
      throw settings.refused(
          "stages", "nothing for the acceptor of operators: it must not wait for a bundle");
    }
  }
}
