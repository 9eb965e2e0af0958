package slipway.bots.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A report as scripts read it: one line of JSON. */
public final class JsonReport {

  private JsonReport() {}

  /** The text, whose line ends. */
  public static String of(Report report) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject().name("title").value(report.title()).name("passed").value(report.passed());
      json.name("mustBeZero").beginObject();
      for (Check check : report.checks()) {
        json.name(check.key()).value(check.count());
      }
      json.endObject().name("figures").beginObject();
      for (Figure figure : report.figures()) {
        json.name(figure.key()).value(figure.value());
      }
      json.endObject();
      if (report.fault().isPresent()) {
        write(json.name("firstBadPacket"), report.fault().get());
      }
      json.endObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text + "\n";
  }

  private static void write(JsonWriter json, Fault fault) throws IOException {
    json.beginObject()
        .name("what")
        .value(fault.what())
        .name("client")
        .value(fault.client())
        .name("difference")
        .value(fault.difference())
        .name("shownFrom")
        .value(fault.shownFrom())
        .name("expected")
        .value(fault.expectedHex())
        .name("got")
        .value(fault.gotHex())
        .endObject();
  }
}
