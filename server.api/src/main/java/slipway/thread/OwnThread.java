package slipway.thread;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A handler that serves its connection on a thread of its own, not in the event loop. The host
 * looks at that thread to see whether it computes for too long. Methods may be called from any
 * thread.
 */
@ProviderType
public interface OwnThread {

  /** The thread; null before it has started. */
  Thread thread();

  /** A number that changes with each read and each write of the thread. */
  long steps();
}
