package slipway.examples.sums;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Service;
import slipway.service.ServiceName;
import slipway.stream.RequestStream;
import slipway.stream.StreamHandOff;

/** Adds up the numbers that a client sends, one a line, and answers each with the sum so far. */
@Component(service = Service.class)
@ServiceName("sums")
public final class SumsService extends StreamHandOff {

  private static final String SUM = "sum";
  private static final int LONGEST_LINE = 20;

  /** What is known of a connection. */
  private static final class Account {
    private long sum;
  }

  @Override
  protected void serve(Connection connection, RequestStream in, OutputStream out)
      throws IOException {
    Account account = new Account();
    account.sum = in.handed().number(SUM).orElse(0);
    while (in.next(() -> Handed.nothing().with(SUM, account.sum))) {
      String line = line(in);
      try {
        account.sum += Long.parseLong(line);
        out.write((account.sum + "\n").getBytes(US_ASCII));
      } catch (NumberFormatException none) {
        out.write((line + " is no number\n").getBytes(US_ASCII));
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new IOException("a line is longer than " + LONGEST_LINE + " bytes");
      }
    }
    return line.toString(US_ASCII).strip();
  }
}
