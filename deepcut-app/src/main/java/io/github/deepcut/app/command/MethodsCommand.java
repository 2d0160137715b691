package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Methods;
import io.github.deepcut.data.Task;
import java.util.ArrayList;
import java.util.List;
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
        ObjectNode settings = tasks.putObject(task.key());
        lines.add(name + " (" + task.key() + ")");
        Methods.settings(name, task)
            .forEach(
                (key, value) -> {
                  settings.put(key, value);
                  lines.add("  --set " + key + "=" + value);
                });
      }
    }
    return Answer.done(json, lines);
  }
}
