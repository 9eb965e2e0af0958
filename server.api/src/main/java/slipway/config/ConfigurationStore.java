package slipway.config;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import slipway.admin.RefusedFile;

/**
 * Saves configurations: on disk, where an operator reads and edits them, and in Config Admin, from
 * where they take effect a little later. Methods may be called from any thread.
 */
@ProviderType
public interface ConfigurationStore {

  /**
   * Changes values of a factory configuration, which is made if there is none. It is saved where it
   * is defined already; other keys, comments and order are kept.
   *
   * @param factoryPid the factory PID
   * @param name what tells the configuration from its siblings
   * @param changes values by key
   * @throws InvalidConfiguration if the result would be refused
   * @throws IOException if it cannot be saved; nothing has changed then
   */
  void save(String factoryPid, String name, Map<String, String> changes)
      throws IOException, InvalidConfiguration;

  /**
   * Changes values of a factory configuration that is there, as {@link #save} does, and never makes
   * one. What the disk says counts: a file that was deleted a moment ago defines nothing, even if
   * its configuration is still in force.
   *
   * @param factoryPid the factory PID
   * @param name what tells the configuration from its siblings
   * @param changes values by key
   * @return false if there is no such configuration; nothing has changed then
   * @throws InvalidConfiguration if the result would be refused, or if the file that is to define
   *     it is refused and does not, such as an empty one
   * @throws IOException if it cannot be saved; nothing has changed then
   */
  boolean change(String factoryPid, String name, Map<String, String> changes)
      throws IOException, InvalidConfiguration;

  /**
   * Removes a factory configuration; does nothing if there is none.
   *
   * @param factoryPid the factory PID
   * @param name what tells the configuration from its siblings
   * @throws IOException if it cannot be removed; nothing has changed then
   */
  void remove(String factoryPid, String name) throws IOException;

  /**
   * The files that are refused now, one line each: the file, the key and the value, and what is
   * allowed; ordered by file.
   */
  List<String> refusals();

  /**
   * The files that are refused now and define configurations of a factory PID, or would define
   * them; ordered by file. {@link RefusedFile#goOn} has the names of those configurations.
   *
   * @param factoryPid the factory PID
   */
  List<RefusedFile> refusals(String factoryPid);

  /**
   * The files that are refused now and define configurations of other PIDs than this one, or would
   * define them; ordered by file. {@link RefusedFile#goOn} has the names of those configurations,
   * which are empty for singletons.
   *
   * @param factoryPid the factory PID
   */
  List<RefusedFile> refusalsExcept(String factoryPid);

  /**
   * Completed when components of Declarative Services know the values that they are to have because
   * a {@link ConfigurationCheck} has come. Config Admin tells them a little later, so a component
   * that is made before has values that its version may have refused. Completed normally also if
   * that cannot be found out; perhaps in a thread of Config Admin, which must not be kept.
   */
  CompletionStage<Void> announced();
}
