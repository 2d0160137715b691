package io.github.deepcut.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what to predict from a file; labels are neither needed nor used. */
final class AskedFile {
  private AskedFile() {}

  /**
   * Reads {@code .txt}, one text a line, and {@code .jsonl} with {@code text} or {@code tokens};
   * any other file as training data.
   */
  static List<Asked> read(Path file, Task task) {
    String name = file.toString();
    List<Asked> asked = new ArrayList<>();
    if (name.endsWith(".txt")) {
      lines(file).stream()
          .filter(line -> !line.isBlank())
          .forEach(line -> asked.add(Asked.text(line, task, asked.size())));
    } else if (name.endsWith(".jsonl")) {
      List<String> lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          asked.add(json(lines.get(i), task, file + ":" + (i + 1)));
        }
      }
    } else {
      DatasetReader.read(file, task).dataset().examples().forEach(e -> asked.add(known(e, asked)));
    }
    if (asked.isEmpty()) {
      throw new InputException(file + ": it holds no text");
    }
    return asked;
  }

  private static Asked known(Example example, List<Asked> before) {
    return example instanceof TaggedSentence s
        ? Asked.words(s.words(), before.size())
        : Asked.text(((LabeledText) example).text(), Task.CLASSIFY, before.size());
  }

  private static Asked json(String line, Task task, String place) {
    try {
      JsonNode row = Answer.MAPPER.readTree(line);
      if (row.path("text").isTextual()) {
        return Asked.text(row.get("text").asText(), task, 0);
      }
      if (task == Task.NER && row.path("tokens").isArray()) {
        List<String> words = new ArrayList<>();
        row.get("tokens").forEach(t -> words.add(t.asText()));
        return Asked.words(words, 0);
      }
    } catch (JsonProcessingException e) {
      throw new InputException(
          place + ": must be JSON: " + FileErrors.oneLine(e.getOriginalMessage()), e);
    }
    throw new InputException(
        place + ": no 'text'" + (task == Task.NER ? " and no 'tokens'" : "") + " in this row");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }
}
