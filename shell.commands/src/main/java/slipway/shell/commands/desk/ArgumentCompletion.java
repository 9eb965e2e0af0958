package slipway.shell.commands.desk;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import slipway.command.Completion;

/**
 * Completes the arguments of all commands by their grammars: verbs, options, and what a grammar
 * says about its parameters.
 */
@Component
public final class ArgumentCompletion implements Completion {

  /** More than this many candidates help nobody. */
  private static final int MOST = 500;

  private final Catalog catalog;

  /** Called by Declarative Services. */
  @Activate
  public ArgumentCompletion(@Reference Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public List<String> candidates(List<String> words) {
    if (words.size() < 2) {
      return List.of();
    }
    Optional<DeskCommand> command = catalog.find(words.get(0));
    Optional<Taken> there = command.flatMap(DeskCommand::takeIfThere);
    if (there.isEmpty()) {
      return List.of();
    }
    try (Taken taken = there.get()) {
      CommandHead head = command.get().head();
      return candidates(CommandLines.of(head, taken.command(), silent(head)), words);
    }
  }

  /** Nobody is asked, and nothing is shown, while somebody types. */
  private static DeskCall silent(CommandHead head) {
    return new DeskCall(
        head.name(),
        null,
        Path.of("").toAbsolutePath(),
        InputStream.nullInputStream(),
        new PrintStream(OutputStream.nullOutputStream()));
  }

  private static List<String> candidates(CommandLine whole, List<String> words) {
    CommandLine line = whole;
    int positional = 0;
    OptionSpec open = null;
    for (String word : words.subList(1, words.size() - 1)) {
      if (open != null) {
        open = null;
      } else if (line.getSubcommands().containsKey(word)) {
        line = line.getSubcommands().get(word);
      } else if (word.startsWith("-")) {
        open = takingValue(line, word);
      } else {
        positional++;
      }
    }
    String last = words.get(words.size() - 1);
    Candidates values = new Candidates(whole.getCommandSpec().userObject());
    return (open == null ? possible(line, positional, last, values) : values.of(open, last))
        .filter(candidate -> candidate.regionMatches(true, 0, last, 0, last.length()))
        .distinct()
        .limit(MOST)
        .toList();
  }

  /** The option, if its value is the next word; null otherwise. */
  private static OptionSpec takingValue(CommandLine line, String option) {
    OptionSpec spec = line.getCommandSpec().findOption(option);
    return spec != null && spec.arity().max() > 0 ? spec : null;
  }

  private static Stream<String> possible(
      CommandLine line, int index, String last, Candidates values) {
    CommandSpec spec = line.getCommandSpec();
    if (last.startsWith("-")) {
      return spec.options().stream().map(OptionSpec::longestName).sorted();
    }
    Stream<String> verbs = line.getSubcommands().keySet().stream().sorted();
    List<PositionalParamSpec> parameters = spec.positionalParameters();
    return index < parameters.size()
        ? Stream.concat(verbs, values.of(parameters.get(index), last))
        : verbs;
  }
}
