package slipway.server.acceptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import slipway.net.Stage;

/**
 * The stages that bundles bring, by name; of two with one name, the one that was there first. Its
 * methods may be called from any thread.
 */
@Component(service = Stages.class)
public final class Stages {

  private record Named(String name, Stage stage) {}

  private final List<Named> present = new CopyOnWriteArrayList<>();
  private volatile Runnable changed = () -> {};

  /**
   * Says what is to be done when a stage has come or gone.
   *
   * @param action called in any thread; must not block
   */
  void whenChanged(Runnable action) {
    changed = action;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addStage(Stage stage, Map<String, Object> properties) {
    present.add(new Named(String.valueOf(properties.get(Stage.NAME)), stage));
    changed.run();
  }

  void removeStage(Stage stage) {
    present.removeIf(named -> named.stage() == stage);
    changed.run();
  }

  /** The first of these names that no bundle brings now. */
  Optional<String> missing(List<String> names) {
    return names.stream().filter(name -> !isThere(name)).findFirst();
  }

  /** Whether a bundle brings the stage of this name now. */
  boolean isThere(String name) {
    return find(name).isPresent();
  }

  /** The stages of these names, in their order, without those that are missing. */
  List<Stage> all(List<String> names) {
    List<Stage> found = new ArrayList<>();
    names.forEach(name -> find(name).ifPresent(found::add));
    return List.copyOf(found);
  }

  private Optional<Stage> find(String name) {
    return present.stream()
        .filter(named -> named.name().equals(name))
        .map(Named::stage)
        .findFirst();
  }
}
