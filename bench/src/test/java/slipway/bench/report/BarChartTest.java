package slipway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BarChartTest {

  private static final String CHART =
      new BarChart("A < B & \"C\"", "µs")
          .group("ten")
          .bar("host", 10, 9, 11, true)
          .bar("peer", 20, 20, 20, false)
          .toString();

  private static Document parsed() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(CHART)));
  }

  @Test
  void itIsWellFormedWhateverIsInItsWords() throws Exception {
    assertThat(parsed().getDocumentElement().getAttribute("aria-label")).isEqualTo("A < B & \"C\"");
  }

  @Test
  void barsAreAsLongAsTheirNumbers() throws Exception {
    NodeList rects = parsed().getElementsByTagName("rect");
    double host = Double.parseDouble(((Element) rects.item(1)).getAttribute("width"));
    double peer = Double.parseDouble(((Element) rects.item(2)).getAttribute("width"));
    assertThat(peer).isEqualTo(2 * host);
  }

  @Test
  void itHasColoursForLightAndDark() {
    assertThat(CHART).contains("prefers-color-scheme: dark");
  }

  @Test
  void aChartWithNothingInItIsDrawnToo() {
    assertThat(new BarChart("t", "u").toString()).endsWith("</svg>\n");
  }
}
