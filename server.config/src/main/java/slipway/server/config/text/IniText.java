package slipway.server.config.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import slipway.config.InvalidConfiguration;

/**
 * The text of an ini file, whose values can be changed without touching comments, order or what
 * else a person wrote. A comment begins with {@code #} or {@code ;}, at the start of a line or
 * after white space. Immutable.
 */
public final class IniText {

  /**
   * A line.
   *
   * @param raw its characters, with the line end
   * @param section the section that it opens or stands in; null before the first
   * @param key null for headers, comments and empty lines
   * @param start where its value begins
   * @param end where its value ends
   */
  private record Line(String raw, String section, String key, int start, int end) {
    String value() {
      return raw.substring(start, end);
    }
  }

  private final List<Line> lines;
  private final String eol;

  private IniText(List<Line> lines, String eol) {
    this.lines = lines;
    this.eol = eol;
  }

  /**
   * Reads a text.
   *
   * @throws InvalidConfiguration if a line is malformed, or a section or a key is given twice;
   *     names the line or the section
   */
  public static IniText parse(String text) throws InvalidConfiguration {
    List<Line> lines = new ArrayList<>();
    Set<String> sections = new LinkedHashSet<>();
    Set<String> keys = new LinkedHashSet<>();
    String section = null;
    for (String raw : text.split("(?<=\n)")) {
      String content = raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
      content = content.substring(0, commentStart(content, 0)).strip();
      if (content.startsWith("[")) {
        section = header(content, lines.size() + 1);
        if (!sections.add(section)) {
          throw new InvalidConfiguration("[" + section + "] is there twice: allowed is once");
        }
        lines.add(new Line(raw, section, null, 0, 0));
      } else if (content.isEmpty()) {
        lines.add(new Line(raw, section, null, 0, 0));
      } else {
        Line line = entry(raw, content, section, lines.size() + 1);
        if (!keys.add(section + "]" + line.key())) {
          throw new InvalidConfiguration(
              "[" + section + "] " + line.key() + " is there twice: allowed is once");
        }
        lines.add(line);
      }
    }
    return new IniText(lines, KeyedText.eol(text));
  }

  private static String header(String content, int number) throws InvalidConfiguration {
    String name = content.endsWith("]") ? content.substring(1, content.length() - 1).strip() : "";
    if (name.isEmpty() || name.contains("[") || name.contains("]")) {
      throw malformed(number);
    }
    return name;
  }

  private static Line entry(String raw, String content, String section, int number)
      throws InvalidConfiguration {
    int equals = raw.indexOf('=');
    if (section == null || content.indexOf('=') <= 0) {
      throw malformed(number);
    }
    int end = commentStart(raw, equals + 1);
    int start = equals + 1;
    while (start < end && Character.isWhitespace(raw.charAt(start))) {
      start++;
    }
    if (start == end) {
      start = equals + 1;
      end = start;
    }
    while (end > start && Character.isWhitespace(raw.charAt(end - 1))) {
      end--;
    }
    return new Line(raw, section, raw.substring(0, equals).strip(), start, end);
  }

  private static InvalidConfiguration malformed(int number) {
    return new InvalidConfiguration(
        "line " + number + ": allowed is [section], key = value in a section, or # comment");
  }

  /** Where a line's comment begins; its end if it has none. */
  private static int commentStart(String line, int from) {
    for (int i = from; i < line.length(); i++) {
      boolean mark = line.charAt(i) == '#' || line.charAt(i) == ';';
      if (mark && (i == from || Character.isWhitespace(line.charAt(i - 1)))) {
        return i;
      }
    }
    return line.length();
  }

  /** The names of the sections in their order. */
  public Set<String> sections() {
    return lines.stream()
        .map(Line::section)
        .filter(section -> section != null)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The values of a section by key, in their order; empty if there is no such section. */
  public Map<String, String> section(String section) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Line line : lines) {
      if (line.key() != null && line.section().equals(section)) {
        values.put(line.key(), line.value());
      }
    }
    return values;
  }

  /**
   * The text with another value. A comment behind it stays where it is, if there is room.
   *
   * @param section a section that is there
   * @throws InvalidConfiguration if an ini file cannot hold the value
   */
  public IniText with(String section, String key, String value) throws InvalidConfiguration {
    if (commentStart(value, 0) < value.length()
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidConfiguration(
          key, value, "in an ini file, text in one line without # or ; after white space");
    }
    List<Line> result = new ArrayList<>(lines);
    int last = -1;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (!section.equals(line.section())) {
        continue;
      }
      if (key.equals(line.key())) {
        result.set(i, changed(line, value.strip()));
        return new IniText(result, eol);
      }
      if (last < 0 || line.key() != null) {
        last = i; // the header, then the last entry
      }
    }
    if (!result.get(last).raw().endsWith("\n")) {
      Line open = result.get(last);
      result.set(
          last, new Line(open.raw() + eol, open.section(), open.key(), open.start(), open.end()));
    }
    String start = key + " = ";
    String raw = start + value.strip() + eol;
    if (!parse("[x]\n" + raw).section("x").equals(Map.of(key, value.strip()))) {
      throw new InvalidConfiguration(
          "key "
              + Values.shown(key)
              + " cannot be written: allowed is one that an ini file can hold");
    }
    result.add(
        last + 1,
        new Line(raw, section, key, start.length(), start.length() + value.strip().length()));
    return new IniText(result, eol);
  }

  private static Line changed(Line line, String value) {
    String before = line.raw().substring(0, line.start());
    String after = line.raw().substring(line.end());
    if (before.endsWith(" =") && line.start() == line.end()) {
      before += " ";
    }
    String behind = after.stripLeading();
    if (!behind.isEmpty()) {
      int column = line.raw().length() - behind.length();
      int room = column - before.length() - value.length();
      after = " ".repeat(Math.max(1, room)) + behind;
    }
    return new Line(
        before + value + after,
        line.section(),
        line.key(),
        before.length(),
        before.length() + value.length());
  }

  /** The text without a key. */
  public IniText without(String section, String key) {
    return new IniText(
        lines.stream()
            .filter(line -> !key.equals(line.key()) || !section.equals(line.section()))
            .toList(),
        eol);
  }

  public String text() {
    return lines.stream().map(Line::raw).collect(Collectors.joining());
  }
}
