package slipway.services.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import slipway.command.Completion;

/**
 * What the last word of a line could become: a command that is registered, or what a {@link
 * Completion} knows of its arguments.
 *
 * <p>Services are looked up for each request: what is registered comes and goes with bundles.
 */
final class Completer {

  private static final String OWN = "slipway";

  private final BundleContext context;

  Completer(BundleContext context) {
    this.context = context;
  }

  /** Whole words, the host's own commands first; empty if nothing fits. */
  List<String> candidates(String line) {
    List<String> words = CommandLineWords.of(line);
    String last = words.get(words.size() - 1);
    return (words.size() == 1 ? commands(last.contains(":")) : arguments(words))
        .filter(word -> word.regionMatches(true, 0, last, 0, last.length()))
        .filter(word -> word.chars().noneMatch(Character::isISOControl))
        .distinct()
        .toList();
  }

  private Stream<String> commands(boolean withScope) {
    Map<String, Set<String>> byScope = byScope();
    if (withScope) {
      return byScope.entrySet().stream()
          .flatMap(scope -> scope.getValue().stream().map(name -> scope.getKey() + ":" + name));
    }
    Set<String> own = byScope.getOrDefault(OWN, Set.of());
    Set<String> others = new TreeSet<>();
    byScope.values().forEach(others::addAll);
    return Stream.concat(own.stream(), others.stream());
  }

  private Map<String, Set<String>> byScope() {
    Map<String, Set<String>> names = new TreeMap<>();
    String filter =
        "(&("
            + CommandProcessor.COMMAND_SCOPE
            + "=*)("
            + CommandProcessor.COMMAND_FUNCTION
            + "=*))";
    for (ServiceReference<?> command : references(null, filter)) {
      String scope = String.valueOf(command.getProperty(CommandProcessor.COMMAND_SCOPE));
      Object functions = command.getProperty(CommandProcessor.COMMAND_FUNCTION);
      names
          .computeIfAbsent(scope, any -> new TreeSet<>())
          .addAll(functions instanceof String[] all ? List.of(all) : List.of("" + functions));
    }
    return names;
  }

  private Stream<String> arguments(List<String> words) {
    List<String> command = new ArrayList<>(words);
    String name = words.get(0);
    command.set(0, name.startsWith(OWN + ":") ? name.substring(OWN.length() + 1) : name);
    return references(Completion.class.getName(), null).stream()
        .flatMap(reference -> ask(reference, command).stream());
  }

  private List<String> ask(ServiceReference<?> reference, List<String> words) {
    Object service = context.getService(reference);
    try {
      return service instanceof Completion completion ? completion.candidates(words) : List.of();
    } finally {
      context.ungetService(reference);
    }
  }

  private Collection<ServiceReference<?>> references(String type, String filter) {
    try {
      ServiceReference<?>[] found = context.getServiceReferences(type, filter);
      return found == null ? List.of() : List.of(found);
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
