package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Methods;
import io.github.deepcut.data.Task;
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
    StringBuilder text = new StringBuilder();
    for (String name : Methods.names()) {
      ObjectNode tasks = methods.putObject(name).putObject("settings");
      for (Task task : Task.values()) {
        ObjectNode settings = tasks.putObject(task.key());
        text.append(name).append(" (").append(task.key()).append(")").append('\n');
        Methods.settings(name, task)
            .forEach(
                (key, value) -> {
                  settings.put(key, value);
                  text.append("  --set ").append(key).append('=').append(value).append('\n');
                });
      }
    }
    return Answer.done(json, text.toString());
  }
}
