package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Methods;
import io.github.deepcut.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code deepcut methods}. */
@Command(
    name = "methods",
    description = "Lists the unlearning methods, and their settings with the defaults.")
final class MethodsCommand extends AbstractCommand {
  @Override
  Answer answer() {
    ObjectNode json = Answer.MAPPER.createObjectNode().put("command", "methods");
    ObjectNode methods = json.putObject("methods");
    List<String> lines = new ArrayList<>();
    for (String name : Methods.names()) {
      ObjectNode tasks = methods.putObject(name).putObject("settings");
      for (Task task : Task.values()) {
        Map<String, String> samples = Methods.settings(name, task);
        lines.add(name + " (" + task.key() + ")");
        put(samples, tasks.putObject(task.key()), lines);
        Map<String, String> ofClass = Methods.settings(name, task, true);
        if (!ofClass.equals(samples)) {
          lines.add(name + " (" + task.key() + ", where a class is forgotten whole)");
          put(ofClass, tasks.putObject(task.key() + "_class"), lines);
        }
      }
    }
    return Answer.done(json, lines);
  }

  private static void put(Map<String, String> settings, ObjectNode to, List<String> lines) {
    settings.forEach(
        (key, value) -> {
          to.put(key, value);
          lines.add("  --set " + key + "=" + value);
        });
  }
}
