package slipway.server.packet;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.net.Transport;
import slipway.packet.Packets;
import slipway.thread.ControlThread;

/** What the packet services of this host share: served as {@link PacketRules} say. */
@Component(service = Packets.class, immediate = true)
public final class HostPackets extends Packets {

  private static final Logger LOG = LoggerFactory.getLogger(HostPackets.class);

  private final ScheduledExecutorService timer = ControlThread.named("slipway-packets");

  /** For Declarative Services. */
  @Activate
  public HostPackets(@Reference PacketRules rules, @Reference Transport transport) {
    super(rules, transport.tcp().group(), transport.client());
  }

  @Activate
  void activate() {
    timer.scheduleWithFixedDelay(new EndsLog(this, LOG::info), 1, 1, TimeUnit.MINUTES);
  }

  @Deactivate
  void deactivate() {
    timer.shutdownNow();
  }
}
