package slipway.service;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the host gives to one version of a service: its connections, and threads that end with it.
 * An OSGi service; each bundle that references it has one of its own, for as long as its component
 * is active.
 *
 * <p>All methods may be called from any thread.
 *
 * @since 1.4
 */
@ProviderType
public interface ServiceContext {

  /**
   * The open connections that this bundle serves at this moment. One that is handed over is on the
   * list of one version or of the other. To reach a connection, write to its channel, which any
   * thread may do; what is to be seen by its handlers alone goes to its event loop.
   *
   * @return a copy, the oldest connection first; never null
   */
  List<Connection> connections();

  /**
   * Runs each task on a virtual thread of its own, which may block. An exception that a task throws
   * is logged as the service's.
   *
   * @return the same one each time; when the component is deactivated it takes no more tasks, and
   *     the threads of those that run are interrupted
   */
  ExecutorService executor();

  /**
   * Runs tasks later, or again and again, on one thread, begun with the first call. A task that
   * takes long delays the others: let it hand its work to {@link #executor}. A periodic task that
   * throws ends, as in Java, and is logged as the service's.
   *
   * @return the same one each time; when the component is deactivated it forgets its tasks, and its
   *     thread is interrupted
   */
  ScheduledExecutorService timer();
}
