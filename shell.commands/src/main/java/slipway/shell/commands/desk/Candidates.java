package slipway.shell.commands.desk;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import slipway.command.CandidatesFor;

/**
 * The possible values of a parameter: those that the parameter itself names, or else those that a
 * method of the grammar gives.
 *
 * @param grammar the object of the call
 */
record Candidates(Object grammar) {

  /** Whole words, including those that do not fit what is typed. */
  Stream<String> of(ArgSpec argument, String typed) {
    if (argument.completionCandidates() != null) {
      return StreamSupport.stream(argument.completionCandidates().spliterator(), false);
    }
    return method(argument.paramLabel())
        .map(method -> ask(method, typed))
        .orElse(List.of())
        .stream()
        .map(String::valueOf);
  }

  private Optional<Method> method(String label) {
    return Arrays.stream(grammar.getClass().getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(CandidatesFor.class))
        .filter(
            method -> List.of(method.getAnnotation(CandidatesFor.class).value()).contains(label))
        .findFirst();
  }

  private Collection<?> ask(Method method, String typed) {
    try {
      method.setAccessible(true);
      Object said =
          method.getParameterCount() == 0 ? method.invoke(grammar) : method.invoke(grammar, typed);
      return said instanceof Collection<?> all ? all : List.of();
    } catch (InvocationTargetException unknown) {
      if (unknown.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return List.of(); // no help then
    } catch (IllegalAccessException | IllegalArgumentException wronglyMade) {
      return List.of();
    }
  }
}
