package io.github.deepcut.data.read;

import io.github.deepcut.data.Column;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ExampleIds;
import io.github.deepcut.data.Mention;
import io.github.deepcut.data.SourceFile;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads CoNLL columns: a word a line, its tag in the last column, a blank line after each sentence.
 *
 * <p>Columns are separated by TAB where a line has one (a word may then be empty or blank), else by
 * runs of blanks; every line has as many as the first. {@code # key=value} lines become columns of
 * all sentences below them up to the next such lines; {@code -DOCSTART-} lines are skipped.
 */
final class ConllReader {
  private final SourceFile source;
  private final List<List<String>> words = new ArrayList<>();
  private final List<List<String>> tags = new ArrayList<>();
  private final List<Map<String, String>> comments = new ArrayList<>();

  private List<String> sentenceWords = new ArrayList<>();
  private List<String> sentenceTags = new ArrayList<>();
  private Map<String, String> comment = Map.of();
  private boolean afterComment;
  private int columns;
  private int lineNumber;

  ConllReader(SourceFile source) {
    this.source = source;
  }

  Table read() {
    try (BufferedReader lines = source.lines()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        line(++lineNumber == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line);
      }
    } catch (CharacterCodingException e) {
      throw new InputException(source.name() + ": not UTF-8, after line " + lineNumber, e);
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    endSentence();
    if (words.isEmpty()) {
      throw source.wrong("it holds no sentence");
    }
    return table();
  }

  private void line(String line) {
    boolean comments = ConllComment.matches(line);
    if (comments) {
      endSentence();
      if (!afterComment) {
        comment = new LinkedHashMap<>();
      }
      comment.putAll(ConllComment.parse(line));
    } else if (line.isBlank() || line.startsWith("-DOCSTART-")) {
      endSentence();
    } else {
      word(line.indexOf('\t') >= 0 ? line.split("\t", -1) : line.strip().split(" +", -1));
    }
    afterComment = comments;
  }

  private void word(String[] cells) {
    if (columns == 0) {
      columns = Math.max(2, cells.length);
    }
    if (cells.length != columns) {
      throw wrong("expected " + columns + " columns, found " + cells.length);
    }
    String tag = cells[columns - 1].strip();
    if (!Mention.isTag(tag)) {
      throw wrong("tag '" + tag + "' is neither O nor B-, I-, E-, S-, L- or U- with a type");
    }
    sentenceWords.add(cells[0]);
    sentenceTags.add(tag);
  }

  private void endSentence() {
    if (!sentenceWords.isEmpty()) {
      words.add(sentenceWords);
      tags.add(sentenceTags);
      comments.add(comment);
      sentenceWords = new ArrayList<>();
      sentenceTags = new ArrayList<>();
    }
  }

  private Table table() {
    List<String> raw = comments.stream().map(c -> c.get("id")).toList();
    List<String> ids = ExampleIds.numbered(raw, source);
    List<Example> examples = new ArrayList<>(words.size());
    for (int i = 0; i < words.size(); i++) {
      examples.add(new TaggedSentence(ids.get(i), words.get(i), tags.get(i)));
    }
    List<Column> extras =
        comments.stream()
            .flatMap(c -> c.keySet().stream())
            .distinct()
            .filter(key -> !key.equals("id"))
            .map(k -> new Column(k, "VARCHAR", comments.stream().map(c -> c.get(k)).toList()))
            .toList();
    List<String> rawIds = new ArrayList<>(ids);
    for (int i = 0; i < raw.size(); i++) {
      rawIds.set(i, Objects.requireNonNullElse(raw.get(i), ids.get(i)));
    }
    return new Table(new Dataset(Task.NER, source.name(), examples), rawIds, extras);
  }

  private InputException wrong(String message) {
    return new InputException(source.name() + ":" + lineNumber + ": " + message);
  }
}
