package slipway.server.config;

import java.io.IOException;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has edits that others make through Config Admin, such as a console's, written to {@code conf/}.
 *
 * <p>Events come in a thread of Config Admin and may be late. So an event only says where to look:
 * what was written is in the {@link Journal}, and what Config Admin holds now is compared with what
 * the files say.
 */
@Component
public final class WriteBack implements ConfigurationListener {

  private static final Logger LOG = LoggerFactory.getLogger(WriteBack.class);

  private final Store store;

  /** For Declarative Services. */
  @Activate
  public WriteBack(@Reference Store store) {
    this.store = store;
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    if (event.getType() == ConfigurationEvent.CM_LOCATION_CHANGED || store.heard(event.getPid())) {
      return;
    }
    ConfigurationId id = ConfigurationId.of(event.getPid(), event.getFactoryPid());
    try {
      store.follow(id, event.getPid());
    } catch (IllegalStateException gone) {
      // Config Admin stops, or somebody deletes the configuration, which is an event of its own
      LOG.debug("{} is gone from Config Admin", id, gone);
    } catch (IOException | RuntimeException failure) {
      LOG.error("An edit of {} in Config Admin cannot be written to conf/", id, failure);
    }
  }
}
