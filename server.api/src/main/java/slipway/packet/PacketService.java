package slipway.packet;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.annotation.versioning.ConsumerType;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;

/**
 * A service that gets packets and sends packets.
 *
 * <pre>
 *  &#64;Component(service = Service.class)
 *  &#64;ServiceName("double")
 *  public final class DoublesService extends PacketService {
 *
 *    &#64;Activate
 *    public DoublesService(&#64;Reference Packets packets) {
 *      super(packets);
 *    }
 *
 *    &#64;Override
 *    protected void packet(PacketSession session, PacketReader packet) {
 *      session.write().i32(2 * packet.i32()).send();
 *    }
 *  }
 * </pre>
 *
 * <p>How its packets are framed is the operator's choice, for each acceptor; {@link
 * PacketSettings#usual()} unless configured.
 *
 * <p><b>Thread.</b> Everything about one session is called in the event loop of its connection,
 * which must not be blocked; different sessions may be called at the same time.
 *
 * <p><b>Order.</b> {@code admit}, {@code joined}, any number of {@code packet} and {@code
 * batchDone}, {@code left}. When another version takes over, the old one hears {@code handOver}
 * last of a session, and the new one {@code takeUp} first.
 *
 * <p><b>Errors.</b> A method that throws ends the session that it was called for, and no other. A
 * {@link PacketException}, which reading beyond the end of a packet throws, is the peer's fault and
 * counted as such; anything else is logged as the service's.
 */
@ConsumerType
public abstract class PacketService implements PipelineService {

  private static final String PACKETS = "slipway-packets";
  private static final String RECEIVER = "slipway-receiver";

  private final Packets packets;
  private final AtomicBoolean lacksClass = new AtomicBoolean();

  /**
   * For subclasses.
   *
   * @param packets the host's
   */
  protected PacketService(Packets packets) {
    this.packets = packets;
  }

  // ---- what a service does ---------------------------------------------------------------------

  /**
   * Decides whether a peer may join. If not, its connection is closed without a word.
   *
   * @param address of the peer
   */
  protected boolean admit(SocketAddress address) {
    return true;
  }

  /**
   * A peer has joined; its first packet has not come.
   *
   * @throws Exception any failure; the session ends, and {@code left} is called
   */
  protected void joined(PacketSession session) throws Exception {
    // nothing is to be done for it yet
  }

  /**
   * A packet has come.
   *
   * @param packet its payload, valid within the call
   * @throws Exception any failure; the session ends
   */
  protected abstract void packet(PacketSession session, PacketReader packet) throws Exception;

  /**
   * All packets that have come together were dealt with; what was sent meanwhile goes out when this
   * returns.
   *
   * @throws Exception any failure; the session ends
   */
  protected void batchDone(PacketSession session) throws Exception {
    // nothing is left to be done
  }

  /**
   * A session is over. Called once for each that has joined and was not handed over.
   *
   * @param why the reason
   */
  protected void left(PacketSession session, PacketEnd why) {
    // nothing is kept of it
  }

  /**
   * A session's connection is going to be closed. After the last word the host closes it.
   *
   * @param news why and when
   * @throws Exception any failure; the session ends
   */
  protected void goingAway(PacketSession session, GoingAway news) throws Exception {
    // most protocols have no word for it
  }

  /**
   * Gives up a session, as another version takes it over: it stays open, with all that was sent and
   * half a packet that has come. Nothing is called for it any more, unless the other version cannot
   * take it up: then this one does.
   *
   * @return what the other version has to know; nothing unless overridden
   */
  protected Handed handOver(PacketSession session) {
    return Handed.nothing();
  }

  /**
   * Takes up a session that another version has given up, or this one if no other could take it up.
   * Nothing is attached to it.
   *
   * @param handed what was given
   * @throws Exception if it cannot be taken up; then it has left nothing of it behind
   */
  protected void takeUp(PacketSession session, Handed handed) throws Exception {
    joined(session);
  }

  // ---- what the host does ----------------------------------------------------------------------

  /** Whether it is told for the first time that a class of this version is missing. */
  final boolean isFirstMissing() {
    return lacksClass.compareAndSet(false, true);
  }

  @Override
  public final void pipeline(Connection connection, Handed handed, Handlers handlers) {
    handlers
        .keep(PACKETS, () -> new PacketHandler(packets, connection))
        .add(RECEIVER, () -> new PacketReceiver(this, handed));
  }

  @Override
  public final CompletionStage<Handed> giveUp(Connection connection) {
    return CompletableFuture.completedFuture(
        connection.channel().pipeline().get(PacketReceiver.class).giveUp());
  }
}
