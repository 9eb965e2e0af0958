package slipway.server.data;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Refuses configurations of the database that could not take effect. */
@Component(property = ConfigurationCheck.PID + "=" + DataConfig.PID)
public final class DataCheck implements ConfigurationCheck {

  private final Path home;

  /** For Declarative Services. */
  @Activate
  public DataCheck(BundleContext context) {
    this(HostDatabase.home(context));
  }

  DataCheck(Path home) {
    this.home = home;
  }

  @Override
  public Class<? extends Annotation> type() {
    return DataConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    DataSettings.of(settings, home);
  }
}
