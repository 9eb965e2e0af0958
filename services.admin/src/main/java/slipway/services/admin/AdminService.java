package slipway.services.admin;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.service.Audience;
import slipway.service.Connection;
import slipway.service.Service;
import slipway.service.ServiceName;
import slipway.stream.StreamService;

/**
 * Runs operators' command lines.
 *
 * <p>A client that reaches it can do everything that the host can, and only the permissions of the
 * Unix domain socket keep others out. So it serves no client of a TCP port, on which a client can
 * ask for any service by its name.
 */
@Component(service = Service.class, configurationPid = AdminConfig.PID)
@Designate(ocd = AdminConfig.class)
@ServiceName(value = "admin", audience = Audience.OPERATORS)
@Capability(
    namespace = "org.apache.felix.gogo",
    name = "shell.implementation", // Gogo's runtime asks for one
    version = "1.0.0")
public final class AdminService extends StreamService {

  private static final Logger LOG = LoggerFactory.getLogger(AdminService.class);

  /** Where Gogo looks for a command that is called without its scope, in this order. */
  private static final String SCOPES = "slipway:felix:gogo:*";

  /** How many connections beyond the limit are told so; more are closed without a word. */
  private static final int REFUSED = 16;

  private final CommandProcessor processor;
  private final Completer completer;
  private final AtomicInteger served = new AtomicInteger();
  private volatile int maxConnections;

  /** For Declarative Services. */
  @Activate
  public AdminService(
      BundleContext context,
      @Reference CommandProcessor processor,
      Map<String, Object> properties) {
    this.processor = processor;
    this.completer = new Completer(context);
    this.maxConnections = AdminConfig.DEFAULT_CONNECTIONS;
    modified(properties);
  }

  /** A configuration that is refused changes nothing: the last good one stays in force. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      maxConnections = AdminCheck.maxConnections(Settings.of(AdminConfig.class, properties));
    } catch (InvalidConfiguration refused) {
      LOG.error("{}: refused: {}", AdminConfig.PID, refused.getMessage());
    }
  }

  /** Services may keep all virtual threads from running; operators are served nevertheless. */
  @Override
  protected Thread newThread(String name, Runnable serving) {
    return OperatorThread.of(name, serving);
  }

  @Override
  protected void serve(Connection connection, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    Reply reply = new Reply(out);
    if (!isLocal(connection.channel())) {
      LOG.warn("refused an operator from {}", connection.remoteAddress());
      reply.fail("operators are served only on the host's Unix domain socket", false);
      return;
    }
    int limit = maxConnections;
    try {
      int now = served.incrementAndGet();
      if (now > limit + REFUSED) {
        connection.channel().close();
      } else if (now > limit) {
        refuse(in, reply, limit);
      } else {
        converse(connection, in, reply);
      }
    } finally {
      served.decrementAndGet();
    }
  }

  private static boolean isLocal(Channel channel) {
    Channel acceptor = channel.parent() == null ? channel : channel.parent();
    SocketAddress address = acceptor.localAddress();
    return address != null && !(address instanceof InetSocketAddress);
  }

  /** Waits for a request, so that the reply ends as the client expects. */
  private static void refuse(InputStream in, Reply reply, int limit) throws IOException {
    Request first = new RequestReader(in).next();
    if (first != null) {
      reply.fail(
          limit
              + " operators are connected, and more are not allowed ("
              + AdminConfig.PID
              + ": "
              + AdminConfig.MAX_CONNECTIONS
              + " = "
              + limit
              + ")",
          first.endsWithNul());
    }
  }

  private void converse(Connection connection, InputStream in, Reply reply)
      throws IOException, InterruptedException {
    CommandSession session = processor.createSession(InputStream.nullInputStream(), reply, reply);
    try {
      session.put("SCOPE", SCOPES);
      connection.channel().closeFuture().addListener(closed -> session.close());
      new Conversation(connection, session, completer, reply).hold(in);
    } finally {
      session.close();
    }
  }
}
