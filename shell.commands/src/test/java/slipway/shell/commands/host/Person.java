package slipway.shell.commands.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import slipway.command.Caller;

/** Answers with what a test has prepared. */
final class Person implements Caller {
  final Deque<String> secrets = new ArrayDeque<>();
  final Deque<String> answers = new ArrayDeque<>();
  final Deque<String> lines = new ArrayDeque<>();
  final List<String> questions = new ArrayList<>();

  /** What commands have said that they wait for. */
  final List<String> waits = new CopyOnWriteArrayList<>();

  @Override
  public Optional<String> secret(String question) {
    questions.add(question);
    return Optional.ofNullable(secrets.poll());
  }

  @Override
  public Optional<String> answer(String question) {
    questions.add(question);
    return Optional.ofNullable(answers.poll());
  }

  @Override
  public void waits(String what) {
    waits.add(what);
  }

  @Override
  public Optional<String> line() {
    return Optional.ofNullable(lines.poll());
  }
}
