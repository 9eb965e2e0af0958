package slipway.server.core.life;

import java.util.concurrent.CompletionStage;

/** Where connections get their services. May be called from any thread; never blocks. */
public interface Leases {

  /**
   * A lease of the service with this name, which is started if it is on demand and not running.
   *
   * @param name the name as the client wrote it
   * @return completed at once if the service runs; completed later, by the control thread, if it
   *     has to be started; failed with a {@link Refusal} if it is not available. A caller that no
   *     longer wants the lease when it comes has to close it all the same.
   */
  CompletionStage<ServiceLease> lease(String name);

  /**
   * How many connections a service may have.
   *
   * @param name the name as the client wrote it
   * @return {@link Quota#NONE} if there is no such service
   */
  Quota quota(String name);

  /**
   * A connection has been served: its version is proven, and the one before may go.
   *
   * @param lease the connection's; further calls for the same version cost nothing
   */
  void proved(ServiceLease lease);

  /**
   * A version could not serve a connection. If it has served no connection before, and there was
   * another version before it, that one serves again.
   *
   * @param lease the connection's, still open
   * @param reason why
   * @return a lease of the version that serves then; failed with a {@link Refusal} if there is none
   */
  CompletionStage<ServiceLease> instead(ServiceLease lease, String reason);

  /** Sets what moves connections between versions. */
  void handOverBy(HandOver handOver);
}
