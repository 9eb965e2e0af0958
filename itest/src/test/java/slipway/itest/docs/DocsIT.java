package slipway.itest.docs;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the documents say is what the built host does. */
public class DocsIT {

  private static final Path ROOT =
      Path.of(System.getProperty("slipway.project")).toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("(?:\\]\\(|(?:src|href)=\")([^)\"]+)[)\"]");
  private static final Pattern WORD = Pattern.compile("[a-z]+");

  /** In the help of a command that has verbs and also does something without one. */
  private static final Pattern PARAMETER =
      Pattern.compile("Usage: \\w+ \\[-h] \\[[A-Z].*\\[COMMAND]");

  /** A version, of two numbers or more. */
  private static final Pattern NUMBERS = Pattern.compile("\\d+(?:\\.\\d+)+");

  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(\\w+) \\(\n(.*?)\n\\);", Pattern.DOTALL);
  private static final Pattern ADDED =
      Pattern.compile("ALTER TABLE (\\w+)\\s+ADD COLUMN (?:IF NOT EXISTS )?(\\w+)");

  /** A column's name; what is written in capitals is SQL's own. */
  private static final Pattern COLUMN = Pattern.compile("[a-z]\\w*");

  private List<Document> documents;
  private Playground playground;

  @Before
  public void readDocuments() throws Exception {
    documents = Document.all(ROOT);
  }

  @After
  public void endProcesses() throws Exception {
    if (playground != null) {
      playground.end();
    }
  }

  @Test
  public void transcriptsShowWhatHappens() throws Exception {
    int replayed = 0;
    for (Document document : documents) {
      List<Document.Code> shown =
          document.code().stream().filter(code -> code.mark().equals("run")).toList();
      if (!shown.isEmpty()) {
        playground = new Playground(ROOT);
        for (Document.Code code : shown) {
          Transcript.of(code).replay(playground);
        }
        playground.end();
        playground = null;
        replayed++;
      }
    }
    assertTrue("documents with transcripts", replayed > 0);
  }

  @Test
  public void everyTranscriptAndEveryPieceOfJavaIsMarked() {
    for (Document document : documents) {
      for (Document.Code code : document.code()) {
        if (code.language().equals("java")) {
          assertTrue(code.place() + " names its file", code.mark().startsWith("from "));
        } else if (code.text().stream().anyMatch(line -> line.startsWith("$ "))) {
          assertEquals(code.place(), "console", code.language());
          assertEquals(code.place(), "run", code.mark());
        }
      }
    }
  }

  @Test
  public void quotedFilesSayWhatIsQuoted() throws Exception {
    int quoted = 0;
    for (Document document : documents) {
      for (Document.Code code : document.code()) {
        if (code.mark().startsWith("from ")) {
          List<String> file = Files.readAllLines(ROOT.resolve(code.mark().substring(5)));
          assertTrue(code.place() + " is in " + code.mark(), isPartOf(file, code.text()));
          quoted++;
        }
      }
    }
    assertTrue("quotations", quoted > 0);
  }

  /** Whether lines stand in a file one after the other, indented as a whole perhaps. */
  private static boolean isPartOf(List<String> file, List<String> part) {
    for (int start = 0; start + part.size() <= file.size(); start++) {
      String lines = String.join("\n", file.subList(start, start + part.size()));
      if (lines.stripIndent().equals(String.join("\n", part))) {
        return true;
      }
    }
    return false;
  }

  @Test
  public void linksLeadToFilesAndHeadings() throws Exception {
    for (Document document : documents) {
      Path folder = ROOT.resolve(document.file()).getParent();
      for (String line : document.prose()) {
        for (MatchResult link : LINK.matcher(line).results().toList()) {
          String[] target = link.group(1).split("#", 2);
          if (target[0].contains(":")) {
            continue;
          }
          Path file =
              target[0].isEmpty() ? ROOT.resolve(document.file()) : folder.resolve(target[0]);
          assertTrue(document + ": " + link.group(1), Files.exists(file));
          if (target.length == 2) {
            assertTrue(document + ": " + link.group(1), headings(file).contains(target[1]));
          }
        }
      }
    }
  }

  @Test
  public void theIndexHasEveryDecision() throws Exception {
    String index = Files.readString(ROOT.resolve("docs/decisions/README.md"));
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs/decisions"))) {
      for (Path page : pages.filter(each -> !each.endsWith("README.md")).toList()) {
        String title = Files.readAllLines(page).get(0).replaceFirst("^# ", "");
        assertTrue(title, index.contains("- [" + title + "](" + page.getFileName() + ")"));
      }
    }
  }

  private static List<String> headings(Path file) throws Exception {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  public void picturesAreWellFormed() throws Exception {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".svg")).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          assertEquals(file.toString(), "svg", parse(in).getTagName());
        }
      }
    }
  }

  @Test
  public void theReferenceHasEveryKeyOfTheBundlesWithItsDefault() throws Exception {
    Map<String, Map<String, String>> known = keysOfBundles();
    assertFalse(known.isEmpty());
    for (Map.Entry<String, Map<String, String>> pid : known.entrySet()) {
      Map<String, String> documented = new TreeMap<>();
      for (List<String> row : rows("keys " + pid.getKey())) {
        documented.put(code(row.get(0)), code(row.get(1)));
      }
      assertEquals(pid.getKey(), pid.getValue(), documented);
    }
  }

  /** The defaults of all keys, by PID and key. */
  private static Map<String, Map<String, String>> keysOfBundles() throws Exception {
    Map<String, Map<String, String>> known = new TreeMap<>();
    for (String folder : List.of("bundle", "services")) {
      try (Stream<Path> jars = Files.list(distribution().resolve(folder))) {
        for (Path jar : jars.filter(file -> file.toString().contains("/slipway.")).toList()) {
          addKeys(known, jar);
        }
      }
    }
    return known;
  }

  private static void addKeys(Map<String, Map<String, String>> known, Path jar) throws Exception {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (entry.getName().startsWith("OSGI-INF/metatype/") && !entry.isDirectory()) {
          Element metatype = parse(file.getInputStream(entry));
          Element designate = elements(metatype, "Designate").get(0);
          Map<String, String> defaults = new TreeMap<>();
          for (Element key : elements(metatype, "AD")) {
            defaults.put(key.getAttribute("id"), key.getAttribute("default"));
          }
          known.put(designate.getAttribute("factoryPid") + designate.getAttribute("pid"), defaults);
        }
      }
    }
  }

  @Test
  public void theReferenceHasOnlyPropertiesThatTheHostKnows() throws Exception {
    List<List<String>> rows = rows("keys host.properties");
    assertFalse(rows.isEmpty());
    playground = new Playground(ROOT);
    for (List<String> row : rows) {
      String key = code(row.get(0));
      playground.write("conf/host.properties", key + " = nonsense\n");
      String refusal = playground.execute("bin/slipway run");
      assertTrue(refusal, refusal.contains(key + " = nonsense: allowed is "));
    }
  }

  @Test
  public void theReferenceHasEveryCommandAndEachHasHelp() throws Exception {
    playground = new Playground(ROOT);
    playground.execute("bin/slipway start");
    TreeSet<String> documented = new TreeSet<>();
    StringBuilder asked = new StringBuilder();
    for (List<String> row : rows("commands")) {
      String command =
          Stream.of(code(row.get(0)).split(" "))
              .takeWhile(word -> WORD.matcher(word).matches())
              .collect(Collectors.joining(" "));
      documented.add(command);
      asked.append(command).append(" --help\n");
    }
    String help = console(asked.toString());
    for (String command : documented) {
      assertTrue(
          command + " --help: " + help,
          Pattern.compile("Usage: " + command + " \\[-h[a-z]*]").matcher(help).find());
    }
    assertEquals(commands(), documented);
  }

  /** The commands that the host has, with the verbs of those that have verbs. */
  private TreeSet<String> commands() throws Exception {
    TreeSet<String> commands = new TreeSet<>();
    List<String> names = firstWords(console("help\n").lines().takeWhile(line -> !line.isEmpty()));
    for (String name : names) {
      String help = console(name + " --help\n");
      List<String> verbs =
          firstWords(
              help.lines()
                  .dropWhile(line -> !line.equals("Commands:"))
                  .skip(1)
                  .filter(line -> line.matches("  \\w.*")));
      if (verbs.isEmpty() || PARAMETER.matcher(help).find()) {
        commands.add(name);
      }
      verbs.forEach(verb -> commands.add(name + " " + verb));
    }
    return commands;
  }

  private String console(String lines) throws Exception {
    return playground.execute("bin/slipway console <<'END'\n" + lines + "END");
  }

  private static List<String> firstWords(Stream<String> lines) {
    return lines.map(line -> line.strip().split(" ")[0]).toList();
  }

  @Test
  public void theReferenceHasEveryVerbOfTheScript() throws Exception {
    playground = new Playground(ROOT);
    List<String> known =
        firstWords(
            playground
                .execute("bin/slipway --help")
                .lines()
                .filter(line -> line.matches("  [a-z].{22,}") && !line.startsWith("  slipway")));
    List<String> documented =
        rows("verbs").stream().map(row -> code(row.get(0)).split(" ")[0]).toList();
    assertEquals(new TreeSet<>(known), new TreeSet<>(documented));
  }

  @Test
  public void messagesInTheDocumentsAreThoseOfTheHost() throws Exception {
    String sources = sources();
    List<List<String>> rows = rows("messages");
    assertFalse(rows.isEmpty());
    for (List<String> row : rows) {
      for (String fragment : code(row.get(0)).split("…")) {
        assertTrue(
            "no source says: " + fragment.strip(),
            fragment.strip().isEmpty() || sources.contains(fragment.strip()));
      }
    }
  }

  /** All sources of the host; literals that are joined over several lines are one again. */
  private static String sources() throws Exception {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files
              .filter(each -> each.toString().contains("/src/main/"))
              .filter(each -> each.toString().matches(".*(\\.java|/bin/slipway)"))
              .toList()) {
        texts.add(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
      }
    }
    return String.join("\n", texts);
  }

  @Test
  public void librariesHaveTheVersionsOfTheBuild() throws Exception {
    String poms =
        Files.readString(ROOT.resolve("pom.xml")) + Files.readString(ROOT.resolve("bench/pom.xml"));
    List<String> versions =
        rows("libraries").stream()
            .flatMap(row -> NUMBERS.matcher(row.get(0)).results().map(MatchResult::group))
            .toList();
    assertFalse(versions.isEmpty());
    for (String version : versions) {
      assertTrue("no pom has version " + version, poms.contains(">" + version));
    }
  }

  @Test
  public void everyTableAndColumnOfTheScriptsIsDocumented() throws Exception {
    Map<String, Set<String>> made = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path script :
          files
              .filter(each -> each.toString().matches(".*/src/main/resources/schema/.*\\.sql"))
              .toList()) {
        made.computeIfAbsent(ROOT.relativize(script).getName(0).toString(), any -> new TreeSet<>())
            .addAll(columns(Files.readString(script)));
      }
    }
    assertFalse(made.isEmpty());
    for (Map.Entry<String, Set<String>> module : made.entrySet()) {
      Set<String> documented = new TreeSet<>();
      String table = "";
      for (List<String> row : rows("tables " + module.getKey())) {
        table = code(row.get(0)).isEmpty() ? table : code(row.get(0));
        documented.add(table + "." + code(row.get(1)));
      }
      assertEquals(module.getKey(), module.getValue(), documented);
    }
  }

  /** The columns that a script makes, behind their tables. */
  private static Set<String> columns(String script) {
    Set<String> columns = new TreeSet<>();
    for (MatchResult table : TABLE.matcher(script).results().toList()) {
      for (String line : table.group(2).split("\n")) {
        String word = line.strip().split(" ")[0];
        if (COLUMN.matcher(word).matches()) {
          columns.add(table.group(1) + "." + word);
        }
      }
    }
    ADDED
        .matcher(script)
        .results()
        .forEach(column -> columns.add(column.group(1) + "." + column.group(2)));
    return columns;
  }

  // ---- what the tests have in common ---------------------------------------------------------

  private List<List<String>> rows(String mark) {
    return documents.stream().flatMap(document -> document.table(mark).stream()).toList();
  }

  /** The first piece of code in a cell; empty if there is none. */
  private static String code(String cell) {
    String[] pieces = cell.split("`");
    return pieces.length < 2 ? "" : pieces[1].strip();
  }

  private static Path distribution() {
    return ROOT.resolve("dist/target/pristine");
  }

  private static Element parse(InputStream in) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
