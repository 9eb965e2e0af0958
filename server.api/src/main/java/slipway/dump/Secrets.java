package slipway.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of text what may be a secret, before a report has it: the values of keys whose names
 * say so, also in comments and options of Java, and whatever a URL has besides its address. A
 * secret under a key that does not say so is not recognized.
 */
public final class Secrets {

  /** What stands in the place of a secret. */
  public static final String HIDDEN = "(left out)";

  private static final String NAME =
      "[\\w.~-]*(?:pass|pwd|secret|token|credential|signature|(?:api|access|private)[._-]?key)"
          + "[\\w.~-]*";

  /** A key, what parts it from its value, and all that is behind. */
  private static final Pattern SETTING =
      Pattern.compile("(?i)^(.*?)((?<![\\w.~-])" + NAME + ")(\\s*[=:]\\s*)(\\S.*)$");

  /** One of several options in a line. */
  private static final Pattern OPTION =
      Pattern.compile("(?i)(-D" + NAME + "[=:])(\"[^\"]*\"|'[^']*'|\\S+)");

  private static final Pattern ELEMENT =
      Pattern.compile("(?i)(<(" + NAME + ")(?:\\s[^>]*)?>)[^<]*");

  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?i)(\\b" + NAME + "\\s*=\\s*\")[^\"]*");

  private static final Pattern NAMED_VALUE =
      Pattern.compile("(?i)(name\\s*=\\s*\"" + NAME + "\"\\s+value\\s*=\\s*\")[^\"]*");

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+@");
  private static final Pattern PARAMETERS = Pattern.compile("(\\w:[^\\s?]*/[^\\s?]*)\\?\\S+");
  private static final Pattern H2_PARAMETERS = Pattern.compile("(jdbc:[^\\s;]+);\\S+");

  private Secrets() {}

  /**
   * The lines of a file without secrets.
   *
   * @param lines in their order: a value that continues in the next line is left out whole
   * @return as many lines
   */
  public static List<String> without(List<String> lines) {
    List<String> kept = new ArrayList<>();
    boolean continues = false;
    for (String line : lines) {
      String shown = continues ? HIDDEN : without(line);
      continues = line.endsWith("\\") && (continues || !shown.equals(line));
      kept.add(shown);
    }
    return List.copyOf(kept);
  }

  /** A line without secrets: a setting, an element of XML, or options of Java. */
  public static String without(String line) {
    // URLs first: their parameters may look like settings
    String shown = USER_INFO.matcher(line).replaceAll("");
    shown = PARAMETERS.matcher(shown).replaceAll(found -> hidden(found.group(1) + "?"));
    shown = H2_PARAMETERS.matcher(shown).replaceAll(found -> hidden(found.group(1) + ";"));
    shown = OPTION.matcher(shown).replaceAll(found -> hidden(found.group(1)));
    if (shown.stripLeading().startsWith("<")) {
      shown = ELEMENT.matcher(shown).replaceAll(found -> hidden(found.group(1)));
      shown = NAMED_VALUE.matcher(shown).replaceAll(found -> hidden(found.group(1)));
      return ATTRIBUTE.matcher(shown).replaceAll(found -> hidden(found.group(1)));
    }
    Matcher setting = SETTING.matcher(shown);
    return !shown.contains(" -D") && setting.matches() && !setting.group(4).equals(HIDDEN)
        ? setting.group(1) + setting.group(2) + setting.group(3) + HIDDEN
        : shown;
  }

  private static String hidden(String before) {
    return Matcher.quoteReplacement(before + HIDDEN);
  }
}
