package io.github.deepcut.app.command;

import io.github.deepcut.data.Task;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --task}. */
final class Tasks implements ITypeConverter<Task> {
  @Override
  public Task convert(String name) {
    for (Task task : Task.values()) {
      if (task.key().equals(name)) {
        return task;
      }
    }
    String known = Arrays.stream(Task.values()).map(Task::key).collect(Collectors.joining(", "));
    throw new TypeConversionException("'" + name + "' is none of " + known);
  }
}
