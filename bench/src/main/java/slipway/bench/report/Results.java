package slipway.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder of results. Each experiment has its own files there, {@code NAME.json} with every
 * run's numbers and {@code NAME-….svg}; the report is written anew from all that are there, so that
 * one experiment can be repeated alone.
 */
public final class Results {

  private static final Gson JSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .serializeSpecialFloatingPointValues()
          .disableHtmlEscaping()
          .create();

  private final Path folder;
  private final List<String> order;

  /**
   * Results in a folder, which is made.
   *
   * @param order of the experiments in the report
   */
  public Results(Path folder, List<String> order) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.order = order;
  }

  /** Writes what an experiment has found, and the report. */
  public void write(Section section, Map<String, String> environment) throws IOException {
    deleteCharts(section.name());
    for (Map.Entry<String, BarChart> chart : section.charts().entrySet()) {
      Files.writeString(folder.resolve(chart.getKey()), chart.getValue().toString());
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("experiment", section.name());
    all.put("environment", environment);
    all.put("goals", section.goals());
    all.put("runs", section.raw());
    all.put("report", section.text());
    Files.writeString(folder.resolve(section.name() + ".json"), JSON.toJson(all) + "\n");
    writeReport();
  }

  private void deleteCharts(String name) throws IOException {
    try (var old = Files.newDirectoryStream(folder, name + "{,-*}.svg")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
  }

  private void writeReport() throws IOException {
    Table goals = new Table("goal", "at most", "measured", "");
    StringBuilder sections = new StringBuilder();
    for (String name : order) {
      Path file = folder.resolve(name + ".json");
      if (Files.exists(file)) {
        JsonObject read = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        addGoals(goals, read.getAsJsonArray("goals"));
        sections.append("\n## ").append(name).append("\n\n");
        sections.append(environment(read.getAsJsonObject("environment"))).append("\n\n");
        sections.append(read.get("report").getAsString().stripTrailing()).append('\n');
      }
    }
    Files.writeString(
        folder.resolve("README.md"),
        """
        # What the bench has measured

        Written by `bench/run`; every run's numbers are in the `.json` files beside this one.
        How it is measured, and what costs what: [NOTES.md](../NOTES.md).

        """
            + goals
            + sections);
  }

  private static void addGoals(Table table, JsonArray goals) {
    for (JsonElement element : goals) {
      Goal goal = JSON.fromJson(element, Goal.class);
      String unit = goal.unit().isEmpty() ? "" : " " + goal.unit();
      table.row(
          goal.name(),
          number(goal.limit(), goal.unit()) + unit,
          Double.isNaN(goal.value()) ? "" : number(goal.value(), goal.unit()) + unit,
          goal.verdict());
    }
  }

  private static String number(double value, String unit) {
    return unit.startsWith("×")
        ? Numbers.ratio(value)
        : value == Math.rint(value) ? Numbers.of((long) value) : Numbers.of(value);
  }

  private static String environment(JsonObject environment) {
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, JsonElement> each : environment.entrySet()) {
      line.append(line.isEmpty() ? "" : "; ")
          .append(each.getKey())
          .append(' ')
          .append(each.getValue().getAsString());
    }
    return "*" + line + "*";
  }
}
