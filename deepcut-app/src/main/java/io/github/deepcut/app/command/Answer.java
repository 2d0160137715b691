package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a command has to say on standard output.
 *
 * @param status the exit status
 * @param json with {@code --json}
 * @param lines without; a line feed within one is shown as such, and begins no other
 */
record Answer(int status, ObjectNode json, List<String> lines) {
  static final ObjectMapper MAPPER = new ObjectMapper();

  Answer {
    lines = List.copyOf(lines);
  }

  /** The answer of a command that did what it was asked. */
  static Answer done(ObjectNode json, List<String> lines) {
    return new Answer(0, json, lines);
  }
}
