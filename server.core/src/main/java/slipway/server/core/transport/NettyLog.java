package slipway.server.core.transport;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.lang.reflect.Proxy;
import slipway.server.core.pipeline.DroppedFailures;

/**
 * Where Netty logs. Its io_uring transport asks whether TRACE is on for each entry and each
 * completion, several times a message; the host's log takes 2 % of a message's time to say no, and
 * Java's own loggers, which end in the same log, compare a number. So their levels are Java's: INFO
 * unless a {@code logging.properties} says otherwise.
 */
final class NettyLog extends InternalLoggerFactory {

  private static final String BUSY = "io.netty.channel.uring.";

  /** Logs what a handler's exceptionCaught throws, which is reported nowhere else. */
  private static final String DROPPING = "io.netty.channel.AbstractChannelHandlerContext";

  /** Their method is public, which {@link InternalLoggerFactory}'s is not. */
  private final JdkLoggerFactory java = (JdkLoggerFactory) JdkLoggerFactory.INSTANCE;

  private final Slf4JLoggerFactory host = (Slf4JLoggerFactory) Slf4JLoggerFactory.INSTANCE;
  private final InternalLoggerFactory before;

  private NettyLog(InternalLoggerFactory before) {
    this.before = before;
  }

  /** Before Netty's transports are looked for. */
  static void install() {
    if (!(getDefaultFactory() instanceof NettyLog)) {
      setDefaultFactory(new NettyLog(getDefaultFactory()));
    }
  }

  /** Leaves nothing of this bundle with Netty. */
  static void uninstall() {
    if (getDefaultFactory() instanceof NettyLog log) {
      setDefaultFactory(log.before);
    }
  }

  @Override
  protected InternalLogger newInstance(String name) {
    if (name.startsWith(BUSY)) {
      return java.newInstance(name);
    }
    InternalLogger logger = host.newInstance(name);
    return name.equals(DROPPING) ? noting(logger) : logger;
  }

  /** A logger that tells {@link DroppedFailures} of a handler's second failure as well. */
  private static InternalLogger noting(InternalLogger logger) {
    return (InternalLogger)
        Proxy.newProxyInstance(
            NettyLog.class.getClassLoader(),
            new Class<?>[] {InternalLogger.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "isDebugEnabled":
                  return false; // else Netty makes a text of it
                case "isWarnEnabled":
                  return true; // else it reports nothing
                case "warn":
                  if (arguments.length == 3 && arguments[1] instanceof Throwable failure) {
                    DroppedFailures.add(failure);
                  }
                  break;
                default:
              }
              return method.invoke(logger, arguments);
            });
  }
}
