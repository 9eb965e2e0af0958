package slipway.admin;

import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is kept in {@code var/dump}: what is left of crashes and the like, and what operators have
 * asked for. How many dumps and bytes are kept is limited; the oldest go first, and those that
 * nobody has seen last. Methods may be called from any thread; one dump at a time is made.
 */
@ProviderType
public interface DumpAdmin {

  /** All dumps, the newest first. */
  List<DumpStatus> dumps();

  /**
   * Notes that an operator has seen a dump, so that nobody is told of it any more.
   *
   * @param name its name
   * @throws AdminException if there is none of that name, or it cannot be noted
   */
  void acknowledge(String name) throws AdminException;

  /** How many bytes of the heap are in use; a dump of it takes less. */
  long heapBytes();

  /**
   * Dumps the heap, compressed. The host stands still meanwhile. It contains all that users have
   * sent, such as their passwords.
   *
   * @throws AdminException if there is not enough room on the disk, or it fails
   * @throws InterruptedException if interrupted
   */
  DumpStatus heap() throws AdminException, InterruptedException;

  /**
   * Dumps the stacks of all threads, virtual ones, too.
   *
   * @throws AdminException if there is not enough room on the disk, or it fails
   * @throws InterruptedException if interrupted
   */
  DumpStatus threads() throws AdminException, InterruptedException;

  /**
   * Dumps what the flight recorder has, without what it knows of passwords in the environment and
   * in options.
   *
   * @throws AdminException if nothing is recorded, there is not enough room on the disk, or it
   *     fails
   * @throws InterruptedException if interrupted
   */
  DumpStatus recording() throws AdminException, InterruptedException;

  /**
   * Makes an archive for a report: what each bundle has for it ({@code slipway.dump.Attachable}). A
   * part that fails is missing in it, and it says so.
   *
   * @param heap whether the heap is in it, too
   * @param part takes the title of each part before it is added
   * @throws AdminException if there is not enough room on the disk, or it fails
   * @throws InterruptedException if interrupted
   */
  DumpStatus archive(boolean heap, Consumer<String> part)
      throws AdminException, InterruptedException;
}
