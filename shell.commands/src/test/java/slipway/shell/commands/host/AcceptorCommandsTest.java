package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.admin.AcceptorStatus;
import slipway.admin.RefusedFile;

class AcceptorCommandsTest {

  private final Shell shell = new Shell();

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void a_file_in_conf_that_is_refused_has_a_line_or_is_the_reason_of_its_acceptor()
      throws Exception {
    shell.host.acceptors.removeLast();
    AcceptorStatus main = shell.host.acceptors.removeLast();
    shell.host.acceptors.add(main.withReason("conf/slipway.acceptor-main.cfg is refused: why"));
    shell.host.refusedFiles.add(
        new RefusedFile("slipway.acceptor-main.cfg", List.of("main"), "why"));
    shell.host.refusedFiles.add(new RefusedFile("slipway.acceptor-new.cfg", List.of(), "is empty"));
    assertThat(shell.run("acserv ps").lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "IP|Port|State|Name|Service|Connections|Transport|Reason",
            "127.0.0.1|2000|START|main|-|1|epoll/tcp"
                + "|conf/slipway.acceptor-main.cfg is refused: why",
            "-|-|REFUSED|slipway.acceptor-new.cfg|-|0|-|is empty");
    JsonObject row =
        JsonParser.parseString(shell.run("acserv ps --json"))
            .getAsJsonArray()
            .get(1)
            .getAsJsonObject();
    assertThat(row.get("state").getAsString()).isEqualTo("REFUSED");
    assertThat(row.has("port")).isFalse();
  }

  @Test
  void acserv_ps_shows_a_unix_acceptor_without_a_port() throws Exception {
    assertThat(shell.run("acserv ps"))
        .isEqualTo(
            """
            IP                       Port  State  Name   Service  Connections  Transport   Reason
            127.0.0.1                2000  START  main   -                  1  epoll/tcp
            unix:var/run/admin.sock     -  START  admin  admin              1  epoll/unix
            """);
    JsonObject unix =
        JsonParser.parseString(shell.run("acserv ps --json"))
            .getAsJsonArray()
            .get(1)
            .getAsJsonObject();
    assertThat(unix.has("port")).isFalse();
    assertThat(unix.get("service").getAsString()).isEqualTo("admin");
  }

  @Test
  void pause_and_resume_take_one_port_or_all_and_show_the_acceptors() throws Exception {
    assertThat(shell.run("pause 2000"))
        .isEqualTo(
            """
            IP         Port  State  Name  Service  Connections  Transport  Reason
            127.0.0.1  2000  STOP   main  -                  1  epoll/tcp
            """);
    assertThat(shell.run("resume")).contains("START");
    shell.run("pause");
    shell.run("resume main");
    assertThat(shell.host.calls)
        .containsExactly("pause 2000", "resume all", "pause all", "resume main");
    assertThatThrownBy(() -> shell.run("pause 1 2")).hasMessageContaining("allowed is pause");
  }
}
