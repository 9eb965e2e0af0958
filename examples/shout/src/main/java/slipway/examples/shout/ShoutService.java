package slipway.examples.shout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.Service;
import slipway.service.ServiceName;
import slipway.stream.StreamService;

/** Sends back what it receives in capital letters, until the client ends its output. */
@Component(service = Service.class)
@ServiceName("shout")
public final class ShoutService extends StreamService {

  @Override
  protected void serve(Connection connection, InputStream in, OutputStream out) throws IOException {
    Reader reader = new InputStreamReader(in, UTF_8);
    Writer writer = new OutputStreamWriter(out, UTF_8);
    char[] text = new char[1024];
    for (int count = reader.read(text); count >= 0; count = reader.read(text)) {
      writer.write(new String(text, 0, count).toUpperCase(Locale.ROOT));
      writer.flush();
    }
  }
}
