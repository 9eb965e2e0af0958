package slipway.admin;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The acceptors of the host and their states. Methods may be called from any thread. */
@ProviderType
public interface AcceptorAdmin {

  /** The factory PID of what is configured for acceptors, each under its name. */
  String PID = "slipway.acceptor";

  /** All acceptors, ordered by name. */
  List<AcceptorStatus> acceptors();

  /**
   * The files in {@code conf/} that are to make or change acceptors and are refused, ordered by
   * name. Acceptors that keep what such a file said before show its reason among theirs.
   */
  List<RefusedFile> refusedFiles();

  /**
   * Gives acceptors a state, saves it, and waits until they have followed. Open connections are not
   * touched.
   *
   * @param target a port, or the name of an acceptor; a port that has none gets one on the loopback
   *     with START or STOP
   * @param state the state
   * @return the acceptors as they are then; without those that were closed
   * @throws AdminException if the target or the state is refused, if its acceptors have gone
   *     meanwhile, if the state cannot be saved, or if the address cannot be bound; in the last
   *     case the state is kept, and the acceptor binds once it can
   * @throws InterruptedException if interrupted while waiting; the change continues
   */
  List<AcceptorStatus> setState(String target, AcceptorState state)
      throws AdminException, InterruptedException;

  /**
   * Gives all acceptors for users a state.
   *
   * @param state START or STOP
   * @return those acceptors as they are then
   * @throws AdminException as {@link #setState} does
   * @throws InterruptedException as {@link #setState} does
   */
  List<AcceptorStatus> setAll(AcceptorState state) throws AdminException, InterruptedException;

  /**
   * Gives acceptors that are there the state STOP, as {@link #setState} does. Unlike that, it never
   * makes an acceptor.
   *
   * @param target a port, or the name of an acceptor; empty for all except those for operators,
   *     which are never paused
   * @return those acceptors as they are then
   * @throws AdminException if there is none, or as {@link #setState} does
   * @throws InterruptedException as {@link #setState} does
   */
  List<AcceptorStatus> pause(Optional<String> target) throws AdminException, InterruptedException;

  /**
   * Gives acceptors that are there the state START: the opposite of {@link #pause}. It does not
   * matter what gave them the state STOP.
   *
   * @param target as in {@link #pause}
   * @return those acceptors as they are then
   * @throws AdminException as {@link #pause} does
   * @throws InterruptedException as {@link #setState} does
   */
  List<AcceptorStatus> resume(Optional<String> target) throws AdminException, InterruptedException;

  /**
   * Makes all acceptors, except those for operators, accept no clients until the suspension is
   * closed. Their states are not changed and nothing is saved. Suspensions add up.
   */
  Suspension suspend();

  /**
   * Releases the addresses of all acceptors, except those for operators, until the suspension is
   * closed: new clients are refused at once, as nothing listens. For a host that ends. Their states
   * are not changed and nothing is saved. Withdrawals add up.
   */
  Suspension withdraw();

  /** Ends by {@link #close}, which may be called from any thread; further calls do nothing. */
  interface Suspension extends AutoCloseable {
    @Override
    void close();
  }
}
