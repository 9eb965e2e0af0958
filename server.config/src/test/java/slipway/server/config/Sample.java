package slipway.server.config;

import java.lang.annotation.Annotation;
import java.util.Map;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** A check as the acceptors have one: a port, a state, and no two on one port. */
final class Sample implements ConfigurationCheck {

  static final String PID = "slipway.acceptor";

  /** The keys. */
  @interface Keys {
    String ip() default "127.0.0.1";

    int port() default 2000;

    String service() default "";

    boolean service_override() default false;

    String state() default "START";
  }

  @Override
  public Class<? extends Annotation> type() {
    return Keys.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    settings.integer("port", 0, 65535);
    if (!settings.text("state").matches("START|STOP")) {
      throw settings.refused("state", "START or STOP");
    }
  }

  @Override
  public void check(String name, Settings settings, Map<String, Settings> siblings)
      throws InvalidConfiguration {
    check(name, settings);
    for (Map.Entry<String, Settings> sibling : siblings.entrySet()) {
      if (sibling.getValue().text("port").equals(settings.text("port"))) {
        throw settings.refused("port", "one that " + sibling.getKey() + " does not have");
      }
    }
  }
}
