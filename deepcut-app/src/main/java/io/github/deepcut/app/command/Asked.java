package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.audit.Span;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing to predict.
 *
 * @param example without a label
 * @param text as it was given, or null where words were given
 * @param bounds first and last character of each word, or null likewise
 */
record Asked(Example example, String text, List<Span> bounds) {
  /** A run of letters, digits and underscores, or one other character. */
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+|\\S");

  /** A text; for tagging it is taken apart into words. */
  static Asked text(String text, Task task, int position) {
    String id = Integer.toString(position);
    if (task == Task.CLASSIFY) {
      return new Asked(new LabeledText(id, text, null, null), text, null);
    }
    List<Span> bounds = new ArrayList<>();
    Matcher m = WORD.matcher(text);
    while (m.find()) {
      bounds.add(new Span("", m.start(), m.end()));
    }
    List<String> words = bounds.stream().map(b -> text.substring(b.start(), b.end())).toList();
    return new Asked(new TaggedSentence(id, words, List.of()), text, bounds);
  }

  /** Words of a sentence to tag. */
  static Asked words(List<String> words, int position) {
    return new Asked(new TaggedSentence(Integer.toString(position), words, List.of()), null, null);
  }

  /** The beginning of the answer. */
  ObjectNode json() {
    ObjectNode json = Answer.MAPPER.createObjectNode();
    if (text != null) {
      return json.put("text", text);
    }
    ArrayNode tokens = json.putArray("tokens");
    ((TaggedSentence) example).words().forEach(tokens::add);
    return json;
  }

  int start(Span entity) {
    return bounds == null ? entity.start() : bounds.get(entity.start()).start();
  }

  int end(Span entity) {
    return bounds == null ? entity.end() : bounds.get(entity.end() - 1).end();
  }

  String surface(Span entity) {
    return text == null
        ? String.join(" ", ((TaggedSentence) example).words().subList(entity.start(), entity.end()))
        : text.substring(start(entity), end(entity));
  }
}
