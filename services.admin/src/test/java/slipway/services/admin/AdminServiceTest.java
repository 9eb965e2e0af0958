package slipway.services.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.admin.AdminException;
import slipway.command.Caller;

@Timeout(180)
class AdminServiceTest {

  @TempDir private Path folder;
  private AdminHost host;

  @BeforeEach
  void start() throws Exception {
    host = new AdminHost(folder, Map.of(AdminConfig.MAX_CONNECTIONS, "3"));
    host.command("slipway", "say", AdminServiceTest::say);
    host.command("slipway", "upper", AdminServiceTest::upper);
    host.command("felix", "stop", (session, arguments) -> "stopped " + arguments);
    host.command("slipway", "list", (session, arguments) -> List.of("one", "two"));
    host.command(
        "slipway",
        "fail",
        (session, arguments) -> {
          throw new AdminException("it\r\nfailed: " + arguments);
        });
    host.command(
        "slipway",
        "crash",
        (session, arguments) -> {
          throw new AssertionError();
        });
    host.command(
        "slipway",
        "defect",
        (session, arguments) -> {
          throw new UnsupportedOperationException("Not supported yet.");
        });
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  private static Object say(CommandSession session, List<Object> arguments) {
    out().println(String.join("|", arguments.stream().map(String::valueOf).toList()));
    return null;
  }

  private static Object upper(CommandSession session, List<Object> arguments) throws Exception {
    out().print(new String(Process.Utils.current().in().readAllBytes(), UTF_8).toUpperCase());
    return null;
  }

  private static PrintStream out() {
    return Process.Utils.current().out();
  }

  // ---- requests and replies ------------------------------------------------------------------

  @Test
  void a_reply_ends_as_its_request_did() throws Exception {
    try (Client client = host.listen().connect()) {
      assertThat(client.send("say hello\n").receiveUntil("Success\n"))
          .isEqualTo("hello\nSuccess\n");
      assertThat(client.send("say hello\r\n").receiveUntil("Success\n"))
          .isEqualTo("hello\nSuccess\n");
      assertThat(client.send("say hello\0").receiveUntil("\0")).isEqualTo("hello\nSuccess\0");
      assertThat(client.send("\0").receiveUntil("\0")).isEqualTo("Success\0");
    }
  }

  @Test
  void requests_in_one_packet_are_answered_in_order() throws Exception {
    try (Client client = host.listen().connect()) {
      client.send("say 1\nsay 2\0say 3\r\n");
      assertThat(client.receiveUntil("3\nSuccess\n"))
          .isEqualTo("1\nSuccess\n2\nSuccess\0" + "3\nSuccess\n");
    }
  }

  @Test
  void the_protocol_is_that_of_the_transcript() throws Exception {
    host.command(
        "slipway",
        "ask",
        (session, arguments) -> {
          Caller caller = (Caller) session.get(Caller.VARIABLE);
          return Stream.of(
                  caller.secret("The secret?"),
                  caller.answer("Sure?"),
                  caller.line(),
                  caller.line())
              .map(answer -> answer.orElse("none"))
              .toList()
              .toString();
        });
    CountDownLatch tide = new CountDownLatch(1);
    host.command(
        "slipway",
        "later",
        (session, arguments) -> {
          ((Caller) session.get(Caller.VARIABLE)).waits("later waits for the tide");
          tide.await();
          return "it came";
        });
    host.command("slipway", "where", (session, arguments) -> session.get(Caller.DIRECTORY));
    host.completion(words -> List.of("one", "other", "two"), "say");
    try (Client client = host.listen().connect()) {
      for (Transcript.Exchange exchange : Transcript.read().exchanges()) {
        client.send(exchange.client());
        if (exchange.server().isEmpty()) {
          continue;
        }
        for (String part : exchange.server().split("(?<=\0)")) {
          assertThat(client.replyUntil("\0")).isEqualTo(part);
          if (part.startsWith("Waits: ")) {
            tide.countDown();
          }
        }
      }
    }
  }

  @Test
  void a_client_is_told_what_its_command_waits_for_each_time_that_is_something_else()
      throws Exception {
    BlockingQueue<String> phases = new LinkedBlockingQueue<>();
    host.command(
        "slipway",
        "later",
        (session, arguments) -> {
          for (String next = phases.take(); !next.equals("end"); next = phases.take()) {
            if (next.startsWith("print ")) {
              out().print(next.substring(6));
            } else {
              ((Caller) session.get(Caller.VARIABLE)).waits(next);
            }
          }
          return null;
        });
    try (Client told = host.listen().connect()) {
      told.send("\u0002later\u0006\0");
      assertThat(told.receiveUntil("\0")).isEqualTo("Waits: the command still runs\0");
      phases.add("the\ntide\0");
      assertThat(told.replyUntil("\0")).isEqualTo("Waits: the?tide?\0");
      assertThat(told.receiveUntil("\u0016")).isEqualTo("\u0016");
      phases.add("");
      phases.add("print half");
      assertThat(told.replyUntil("half")).isEqualTo("half");
      phases.add("a line");
      assertThat(told.receiveUntil("\u0016")).isEqualTo("\u0016");
      phases.add("print  a line\n");
      assertThat(told.replyUntil("\0")).isEqualTo(" a line\nWaits: a line\0");
      phases.add("end");
      assertThat(told.replyUntil("\0")).isEqualTo("Success\0");
    }
  }

  @Test
  void who_does_not_ask_for_it_is_not_told_what_a_command_waits_for() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    host.command(
        "slipway",
        "later",
        (session, arguments) -> {
          ((Caller) session.get(Caller.VARIABLE)).waits("the tide");
          ended.await();
          return null;
        });
    try (Client asked = host.listen().connect()) {
      assertThat(asked.send("\u0002later\u0005\0").receiveUntil("\u0016")).isEqualTo("\u0016");
      ended.countDown();
      assertThat(asked.replyUntil("\0")).isEqualTo("Success\0");
    }
    try (Client noProgram = host.connect()) {
      assertThat(noProgram.send("say x\u0006\0").receiveUntil("\0"))
          .isEqualTo("x\u0006\nSuccess\0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", "\n\n", "\n#", "'\\''\n", "\u0085", "\u2028", "\t\n"})
  void what_stands_in_quotes_is_never_a_command(String end) throws Exception {
    String word = "rude" + end + "say injected" + end;
    try (Client client = host.listen().connect()) {
      String shown = word.replace("'\\''", "'");
      for (String begin : List.of("", "\u0002")) {
        assertThat(
                client.send(begin + "say '" + word + "'\0say next\0").replyUntil("next\nSuccess\0"))
            .isEqualTo(shown + "\nSuccess\0next\nSuccess\0");
      }
    }
  }

  @Test
  void a_line_end_in_quotes_does_not_end_a_line() throws Exception {
    try (Client client = host.listen().connect()) {
      client.send("say 'a\nsay b\n# it'\\''s\nc' \"d\ne\"\nsay next\n");
      assertThat(client.receiveUntil("next\nSuccess\n"))
          .isEqualTo("a\nsay b\n# it's\nc|d\ne\nSuccess\nnext\nSuccess\n");
    }
  }

  @Test
  void a_quote_that_is_not_closed_lets_nothing_behind_it_run() throws Exception {
    try (Client client = host.listenToHalves().connect()) {
      client.send("say 1\nsay don't\nsay 2\n").endOutput();
      assertThat(client.receiveAll())
          .isEqualTo(
              "1\nSuccess\nError: the command line is not ended by LF, CRLF or NUL,"
                  + " and a quote in it is open\n");
    }
  }

  @Test
  void a_quote_in_a_comment_or_behind_a_backslash_opens_nothing() throws Exception {
    try (Client client = host.listen().connect()) {
      client.send("say 1 # don't\nsay it\\'s\n");
      assertThat(client.receiveUntil("s\nSuccess\n")).isEqualTo("1\nSuccess\nit's\nSuccess\n");
    }
  }

  @Test
  void a_program_sends_several_lines_as_one_request_which_fails_if_one_of_them_does()
      throws Exception {
    try (Client client = host.listen().connect()) {
      assertThat(client.send("\u0002say 1\nfail 2\nsay 3\0").replyUntil("\0"))
          .isEqualTo("1\nError: it failed: [2]\0");
      assertThat(client.send("\u0002say 1\nsay 2\0").replyUntil("\0")).isEqualTo("1\n2\nSuccess\0");
    }
  }

  @Test
  void an_answer_may_have_a_quote_and_ends_as_any_request() throws Exception {
    addCommandThatAsks();
    try (Client client = host.listen().connect()) {
      client.send("ask\u0005\0").receiveUntil("\0");
      client.send("it's\n").receiveUntil("\0");
      assertThat(client.send("\"\0").receiveUntil("Success\0"))
          .isEqualTo("Optional[it's] Optional[\"]\nSuccess\0");
    }
  }

  @Test
  void a_request_of_a_program_that_is_too_long_or_not_ended_is_refused_as_it_expects()
      throws Exception {
    try (Client client = host.listenToHalves().connect()) {
      assertThat(client.send("\u0002" + "x".repeat(RequestReader.MAX_LENGTH + 2)).receiveAll())
          .isEqualTo("Error: the command line is longer than 8192 bytes\0");
    }
    try (Client client = host.connect()) {
      assertThat(client.send("\u0002say 1\n").endOutput().receiveAll())
          .isEqualTo("Error: the command line is not ended by NUL\0");
    }
  }

  @Test
  void the_folder_of_a_client_is_that_of_one_request_and_absolute() throws Exception {
    host.command("slipway", "where", (session, arguments) -> "" + session.get(Caller.DIRECTORY));
    try (Client client = host.listen().connect()) {
      assertThat(client.ask("\u0001/a b\0\u0002where")).isEqualTo("/a b\nSuccess");
      assertThat(client.ask("\u0002where")).isEqualTo("null\nSuccess");
      assertThat(client.ask("\u0001a\0\u0002where"))
          .isEqualTo("Error: the name of the folder is no absolute path");
      assertThat(client.ask("\u0001/a\0\u0002where")).isEqualTo("/a\nSuccess");
    }
    try (Client client = host.connect()) {
      assertThat(client.send("\u0001" + "x".repeat(RequestReader.MAX_LENGTH + 1)).receiveAll())
          .isEqualTo("Error: the name of the folder is longer than 8192 bytes\0");
    }
    try (Client client = host.connect()) {
      assertThat(client.send("\u0001/a\0").endOutput().receiveAll()).isEmpty();
    }
  }

  @Test
  void nothing_in_a_reason_or_a_question_commands_a_terminal_or_looks_like_the_protocol()
      throws Exception {
    host.command(
        "slipway",
        "forge",
        (session, arguments) -> {
          ((Caller) session.get(Caller.VARIABLE)).secret("a\nSuccess\0\u001b[2J\u009b\u202eb");
          throw new AdminException("no\0Success\n\u001b[2J\u009b\u202e\u2028x");
        });
    try (Client client = host.listen().connect()) {
      assertThat(client.send("\u0002forge\u0005\0").replyUntil("\0"))
          .isEqualTo("Secret: a?Success??[2J??b\0");
      assertThat(client.send("\u0002x\0").replyUntil("\0"))
          .isEqualTo("Error: no Success [2J ? x\0");
    }
  }

  @Test
  void a_program_is_told_that_its_command_still_runs_and_nobody_else_is() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    host.command(
        "slipway",
        "later",
        (session, arguments) -> {
          told.await();
          return "a\u0016b";
        });
    try (Client program = host.listen().connect();
        Client person = host.connect()) {
      person.send("later\n");
      assertThat(program.send("\u0002later\0").receiveUntil("\u0016")).isEqualTo("\u0016");
      told.countDown();
      assertThat(program.replyUntil("\0")).isEqualTo("a?b\nSuccess\0");
      assertThat(person.receiveUntil("Success\n")).isEqualTo("a?b\nSuccess\n");
    }
  }

  private void addCommandThatAsks() {
    host.command(
        "slipway",
        "ask",
        (session, arguments) -> {
          if (!(session.get(Caller.VARIABLE) instanceof Caller caller)) {
            return "nobody";
          }
          out().print("asking");
          return caller.secret("The\nsecret?") + " " + caller.line();
        });
  }

  @Test
  void a_command_asks_a_client_that_says_it_can_be_asked() throws Exception {
    addCommandThatAsks();
    try (Client client = host.listen().connect()) {
      assertThat(client.send("ask\u0005\0").receiveUntil("\0"))
          .isEqualTo("asking\nSecret: The?secret?\0");
      assertThat(client.send("grüße; exit\t\0").receiveUntil("\0")).isEqualTo("Line: \0");
      assertThat(client.send("\0").receiveUntil("\0"))
          .isEqualTo("Optional[grüße; exit\t] Optional[]\nSuccess\0");
      assertThat(client.send("say on\0").receiveUntil("\0")).isEqualTo("on\nSuccess\0");
    }
  }

  @Test
  void a_client_may_have_no_answer() throws Exception {
    addCommandThatAsks();
    try (Client client = host.listen().connect()) {
      client.send("ask\u0005\0").receiveUntil("\0");
      client.send("\u0018\0").receiveUntil("\0");
      assertThat(client.send("x\0").receiveUntil("\0"))
          .isEqualTo("Optional.empty Optional[x]\nSuccess\0");
    }
  }

  @Test
  void the_end_of_the_input_is_no_answer_and_ends_the_conversation() throws Exception {
    addCommandThatAsks();
    try (Client client = host.listenToHalves().connect()) {
      client.send("ask\u0005\0").endOutput();
      assertThat(client.receiveAll())
          .isEqualTo("asking\nSecret: The?secret?\0Optional.empty Optional.empty\nSuccess\0");
    }
  }

  @Test
  void a_client_that_says_nothing_of_it_is_not_asked() throws Exception {
    addCommandThatAsks();
    try (Client client = host.listen().connect()) {
      client.send("ask\u0005\0").receiveUntil("\0");
      client.send("1\0").receiveUntil("\0");
      client.send("2\0").receiveUntil("Success\0");
      assertThat(client.send("ask\0").receiveUntil("\0")).isEqualTo("nobody\nSuccess\0");
      assertThat(client.send("ask\n").receiveUntil("Success\n")).isEqualTo("nobody\nSuccess\n");
    }
  }

  @Test
  void a_client_that_leaves_a_question_ends_its_command() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    host.command(
        "slipway",
        "ask",
        (session, arguments) -> {
          try {
            return ((Caller) session.get(Caller.VARIABLE)).secret("?");
          } finally {
            ended.countDown();
          }
        });
    try (Client client = host.listen().connect()) {
      client.send("ask\u0005\0").receiveUntil("\0");
    }
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void more_requests_than_may_wait_are_all_answered() throws Exception {
    try (Client client = host.listenToHalves().connect()) {
      client.send("say x\n".repeat(1000)).endOutput();
      assertThat(client.receiveAll()).isEqualTo("x\nSuccess\n".repeat(1000));
    }
  }

  @Test
  void a_request_may_come_byte_by_byte() throws Exception {
    try (Client client = host.listen().connect()) {
      for (byte each : "say grüße\n".getBytes(UTF_8)) {
        client.send(new byte[] {each});
      }
      assertThat(client.receiveUntil("Success\n")).isEqualTo("grüße\nSuccess\n");
    }
  }

  @Test
  void a_client_that_ends_its_output_gets_its_replies() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    host.command(
        "slipway",
        "later",
        (session, arguments) -> {
          ended.await();
          return "later";
        });
    try (Client client = host.listenToHalves().connect()) {
      client.send("later\nsay 2\n").endOutput();
      ended.countDown();
      assertThat(client.receiveAll()).isEqualTo("later\nSuccess\n2\nSuccess\n");
    }
  }

  @Test
  void a_line_without_an_end_is_not_run() throws Exception {
    try (Client client = host.listenToHalves().connect()) {
      client.send("say 1\nsay 2").endOutput();
      assertThat(client.receiveAll())
          .isEqualTo("1\nSuccess\nError: the command line is not ended by LF, CRLF or NUL\n");
    }
  }

  @Test
  void the_longest_line_is_run_and_a_longer_one_ends_the_connection() throws Exception {
    String longest = "say " + "x".repeat(RequestReader.MAX_LENGTH - 4);
    try (Client client = host.listen().connect()) {
      assertThat(client.send(longest + "\r\n").receiveUntil("Success\n")).hasSizeGreaterThan(8000);
      assertThat(client.send("say 1\n" + longest + "x\nsay 2\n").receiveAll())
          .isEqualTo("1\nSuccess\nError: the command line is longer than 8192 bytes\n");
    }
    try (Client client = host.connect()) {
      assertThat(client.send("x".repeat(RequestReader.MAX_LENGTH + 2)).receiveAll())
          .isEqualTo("Error: the command line is longer than 8192 bytes\n");
    }
  }

  @Test
  void a_line_that_is_not_utf_8_is_refused_and_the_next_one_run() throws Exception {
    try (Client client = host.listen().connect()) {
      client.send(new byte[] {'s', 'a', 'y', ' ', (byte) 0xc3, '\n'}).send("say 1\n");
      assertThat(client.receiveUntil("1\nSuccess\n"))
          .isEqualTo("Error: the command line is not UTF-8\n1\nSuccess\n");
    }
  }

  // ---- commands ------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "say 'a  b' \"c d\" e ~ a  b|c d|e",
        "say ./Services/echo.dll ~ ./Services/echo.dll",
        "say 1; say 2 ~ 1^2",
        "say hello | upper ~ HELLO",
        "x = 5; say $x ~ 5",
        "say (list) ~ [one, two]",
        "list ~ one^two",
        "stop 7 ~ stopped [7]",
        "felix:stop 7 ~ stopped [7]",
      })
  void a_command_line_is_gogos(String line, String text) throws Exception {
    try (Client client = host.listen().connect()) {
      assertThat(client.ask(line)).isEqualTo(text.replace('^', '\n') + "\nSuccess");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "foo ~ unknown command: foo; try: help",
        "foo bar ~ unknown command: foo; try: help",
        "fail 1 ~ it failed: [1]",
        "say 1 | fail 2 ~ it failed: [2]",
        "crash ~ AssertionError",
        "defect ~ the command is at fault: java.lang.UnsupportedOperationException: "
            + "Not supported yet.; the log has more",
      })
  void a_failure_is_one_line(String line, String message) throws Exception {
    try (Client client = host.listen().connect()) {
      assertThat(client.ask(line)).isEqualTo("Error: " + message);
      assertThat(client.ask("say 1")).isEqualTo("1\nSuccess");
    }
  }

  @Test
  void nonsense_fails_and_the_session_goes_on() throws Exception {
    try (Client client = host.listen().connect()) {
      assertThat(client.ask("say \"")).startsWith("Error: ").doesNotContain("\n");
      assertThat(client.ask("(".repeat(8000))).startsWith("Error: ").doesNotContain("\n");
      assertThat(client.ask("say )")).startsWith("Error: ").doesNotContain("\n");
      assertThat(client.ask("say 1")).isEqualTo("1\nSuccess");
    }
  }

  @Test
  void text_has_no_nul_and_the_last_line_is_a_line_of_its_own() throws Exception {
    host.command(
        "slipway",
        "odd",
        (session, arguments) -> {
          out().print("a\0b");
          return null;
        });
    try (Client client = host.listen().connect()) {
      assertThat(client.send("odd\0").receiveUntil("\0")).isEqualTo("a?b\nSuccess\0");
    }
  }

  @Test
  void text_comes_while_the_command_runs() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    host.command(
        "slipway",
        "slow",
        (session, arguments) -> {
          out().print("half a line");
          seen.await();
          return null;
        });
    try (Client client = host.listen().connect()) {
      assertThat(client.send("slow\n").receiveUntil("line")).isEqualTo("half a line");
      seen.countDown();
      assertThat(client.receiveUntil("Success\n")).isEqualTo("\nSuccess\n");
    }
  }

  @Test
  void a_command_has_no_input_and_sessions_do_not_share_variables() throws Exception {
    try (Client one = host.listen().connect();
        Client other = host.connect()) {
      assertThat(one.ask("upper")).isEqualTo("Success");
      assertThat(one.ask("x = 5")).isEqualTo("5\nSuccess");
      assertThat(one.ask("say $x")).isEqualTo("5\nSuccess");
      assertThat(other.ask("say $x")).doesNotContain("5");
    }
  }

  @Test
  void a_client_that_does_not_read_stops_the_command_that_writes() throws Exception {
    Flood flood = new Flood();
    host.command("slipway", "flood", flood::run);
    try (Client client = host.listen().connect()) {
      client.send("flood\n");
      flood.awaitPause();
      assertThat(flood.written.get()).isLessThan(Flood.LINES / 8);
      assertThat(client.receiveUntilEndOf(Flood.LINE, Flood.LINES)).isEqualTo("Success\n");
    }
  }

  @Test
  void a_client_that_ends_its_output_gets_a_long_reply_however_slowly_it_reads() throws Exception {
    Flood flood = new Flood();
    host.command("slipway", "flood", flood::run);
    try (Client client = host.listenToHalves().connect()) {
      client.send("flood\n").endOutput();
      flood.awaitPause();
      assertThat(client.receiveUntilEndOf(Flood.LINE, Flood.LINES)).isEqualTo("Success\n");
    }
  }

  /** A command that writes more than a client takes that does not read. */
  private static final class Flood {
    static final String LINE = "x".repeat(1023) + "\n";
    static final int LINES = 64 * 1024;

    final AtomicLong written = new AtomicLong();
    final CountDownLatch begun = new CountDownLatch(1);

    Object run(CommandSession session, List<Object> arguments) {
      for (int i = 0; i < LINES; i++) {
        out().print(LINE);
        written.incrementAndGet();
        begun.countDown();
      }
      return null;
    }

    void awaitPause() throws InterruptedException {
      begun.await();
      AdminServiceTest.awaitPause(written);
    }
  }

  /** Until a thread waits that writes for a client. */
  private static void awaitPause(AtomicLong written) throws InterruptedException {
    long before;
    do {
      before = written.get();
      Thread.onSpinWait();
    } while (before != written.get() || !someoneWaitsForAClient());
  }

  private static boolean someoneWaitsForAClient() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getMethodName().equals("awaitWritable"));
  }

  // ---- clients that leave --------------------------------------------------------------------

  @Test
  void a_client_that_leaves_interrupts_its_command() throws Exception {
    Blocking blocking = new Blocking();
    host.command("slipway", "block", blocking::run);
    try (Client client = host.listen().connect()) {
      client.send("block\nsay 2\n");
      blocking.begun.await();
    }
    assertThat(blocking.interrupted.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_client_that_leaves_after_it_has_ended_its_output_interrupts_its_command()
      throws Exception {
    Blocking blocking = new Blocking();
    host.command("slipway", "block", blocking::run);
    try (Client client = host.listenToHalves().connect()) {
      client.send("block\n").endOutput();
      blocking.begun.await();
      assertThat(blocking.interrupted.getCount()).isOne();
    }
    assertThat(blocking.interrupted.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_client_that_leaves_interrupts_a_command_that_writes_on_any_transport() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    host.command(
        "slipway",
        "chatter",
        (session, arguments) -> {
          while (!Thread.currentThread().isInterrupted()) {
            out().println("still here");
            begun.countDown();
          }
          interrupted.countDown();
          return null;
        });
    try (Client client = host.onNio().connect()) {
      client.send("chatter\n");
      begun.await();
    }
    assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
  }

  /** A command that ends when it is interrupted. */
  private static final class Blocking {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);

    Object run(CommandSession session, List<Object> arguments) throws InterruptedException {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
        return null;
      } catch (InterruptedException left) {
        interrupted.countDown();
        throw left;
      }
    }
  }

  // ---- who is served -------------------------------------------------------------------------

  @Test
  void more_clients_than_allowed_are_told_why_and_places_are_given_back() throws Exception {
    host.listenToHalves();
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(host.connect());
      assertThat(clients.get(i).ask("say 1")).endsWith("Success");
    }
    try (Client fourth = host.connect()) {
      assertThat(fourth.send("say 1\0").receiveAll())
          .isEqualTo(
              "Error: 3 operators are connected, and more are not allowed"
                  + " (slipway.admin: max.connections = 3)\0");
    }
    host.service.modified(Map.of(AdminConfig.MAX_CONNECTIONS, "4"));
    try (Client fourth = host.connect()) {
      assertThat(fourth.ask("say 1")).endsWith("Success");
    }
    host.service.modified(Map.of(AdminConfig.MAX_CONNECTIONS, "many")); // refused: still 4
    for (Client client : clients) {
      assertThat(client.ask("say 1")).endsWith("Success");
      client.endOutput().receiveAll();
      client.close();
    }
    try (Client another = host.connect()) {
      assertThat(another.ask("say 1")).endsWith("Success");
    }
  }

  @Test
  void nobody_is_served_over_tcp() throws Exception {
    try (Client client = host.onTcp().connect()) {
      assertThat(client.receiveAll())
          .isEqualTo("Error: operators are served only on the host's Unix domain socket\n");
    }
  }

  // ---- completion ----------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "'', crash defect fail list say upper stop",
    "s, say stop",
    "S, say stop",
    "zz, ''",
    "felix:, felix:stop",
    "say 1 | u, upper",
    "say 1; f, fail",
    "say _, one two",
    "say 'a b' t, two",
    "slipway:say o, one",
    "felix:stop _, ''",
    "upper _, ''",
  })
  void completes_commands_and_asks_for_their_arguments(String text, String candidates)
      throws Exception {
    host.completion(words -> List.of("one", "two", "bad\nword"), "say", "other");
    try (Client client = host.listen().connect()) {
      String reply = client.ask(text.replace("_", "") + "\t");
      String expected = candidates.isEmpty() ? "" : candidates.replace(' ', '\n') + "\n";
      assertThat(reply).isEqualTo(expected + "Success");
    }
  }

  // ---- services that compute -------------------------------------------------------------------

  @Test
  void commands_run_while_services_keep_all_virtual_threads() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    int many = 2 * Runtime.getRuntime().availableProcessors();
    List<Thread> computing =
        IntStream.range(0, many).mapToObj(i -> Thread.ofVirtual().start(() -> spin(over))).toList();
    try (Client client = host.listen().connect()) {
      assertThat(client.send("say hello\0").receiveUntil("\0")).isEqualTo("hello\nSuccess\0");
      assertThat(client.send("\u0002say hello\0").replyUntil("\0")).isEqualTo("hello\nSuccess\0");
    } finally {
      over.countDown();
    }
    for (Thread each : computing) {
      each.join();
    }
  }

  private static void spin(CountDownLatch over) {
    while (over.getCount() > 0) {
      Thread.onSpinWait();
    }
  }
}
