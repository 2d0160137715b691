package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a command has to say on standard output.
 *
 * @param status the exit status
 * @param json with {@code --json}
 * @param text without
 */
record Answer(int status, ObjectNode json, String text) {
  static final ObjectMapper MAPPER = new ObjectMapper();

  /** The answer of a command that did what it was asked. */
  static Answer done(ObjectNode json, String text) {
    return new Answer(0, json, text);
  }
}
