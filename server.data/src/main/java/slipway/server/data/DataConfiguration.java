package slipway.server.data;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.data.Database;
import slipway.data.Migrations;
import slipway.meter.Meter;

/**
 * Takes the configuration in, and registers the database once it is known: when there is one, or
 * when the host has started and there is none, which means the defaults.
 *
 * <p>A {@code ManagedService}, as Declarative Services would publish the password among the
 * properties of the component and its service.
 */
@Component(
    service = ManagedService.class,
    immediate = true,
    configurationPid = DataConfig.PID,
    configurationPolicy = ConfigurationPolicy.IGNORE,
    property = Constants.SERVICE_PID + "=" + DataConfig.PID)
@Designate(ocd = DataConfig.class)
public final class DataConfiguration implements ManagedService, FrameworkListener {

  private static final Logger LOG = LoggerFactory.getLogger(DataConfiguration.class);

  private final BundleContext context;
  private final ConfigurationAdmin configurations;
  private HostDatabase database;
  private ServiceRegistration<?> registered;
  private ServiceRegistration<DataSource> registeredPool;
  private ServiceRegistration<Meter> registeredMeter;

  /** For Declarative Services. */
  @Activate
  public DataConfiguration(BundleContext context, @Reference ConfigurationAdmin configurations) {
    this.context = context;
    this.configurations = configurations;
    context.addFrameworkListener(this);
  }

  @Override
  public synchronized void updated(Dictionary<String, ?> properties) {
    if (properties != null) {
      configure(values(properties));
    } else if (database != null || isStarted()) {
      configure(Map.of());
    }
  }

  private static Map<String, Object> values(Dictionary<String, ?> properties) {
    Map<String, Object> values = new TreeMap<>();
    Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
    return values;
  }

  private boolean isStarted() {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE;
  }

  /** By now all files have been read; a configuration that is there will arrive, if it has not. */
  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) {
      try {
        if (configurations.listConfigurations("(service.pid=" + DataConfig.PID + ")") == null) {
          updated(null);
        }
      } catch (IOException | InvalidSyntaxException failed) {
        LOG.error("the configuration of the database cannot be read", failed);
      }
    }
  }

  /** A configuration that is refused changes nothing: the last good one stays in force. */
  private void configure(Map<String, Object> values) {
    try {
      Settings settings = Settings.of(DataConfig.class, values);
      if (database == null) {
        database = new HostDatabase(HostDatabase.home(context), settings);
        register();
      } else {
        database.configure(settings);
      }
    } catch (InvalidConfiguration refused) {
      LOG.error("database: refused: {}", refused.getMessage());
    }
  }

  private void register() {
    registered =
        context.registerService(
            new String[] {Database.class.getName(), Migrations.class.getName()}, database, null);
    registeredMeter = context.registerService(Meter.class, database.meter(), null);
    registeredPool =
        context.registerService(
            DataSource.class,
            new HostDataSource(database),
            new Hashtable<>(Map.of("name", "slipway")));
  }

  @Deactivate
  synchronized void deactivate() {
    context.removeFrameworkListener(this);
    if (database != null) {
      registered.unregister();
      registeredPool.unregister();
      registeredMeter.unregister();
      database.close();
    }
  }
}
