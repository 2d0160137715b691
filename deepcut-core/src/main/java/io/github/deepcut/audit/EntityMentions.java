package io.github.deepcut.audit;

import io.github.deepcut.data.Mention;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.model.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The entities of tagged sentences as samples of their own: a sentence of many words may hide what
 * a model knows of the name in it.
 */
public final class EntityMentions {
  private EntityMentions() {}

  /** One sample a mention, of the items of its words, matched by entity type. */
  public static List<Sample> each(Evaluation answers) {
    List<Sample> out = new ArrayList<>();
    for (int i = 0; i < answers.data().size(); i++) {
      TaggedSentence sentence = (TaggedSentence) answers.data().examples().get(i);
      for (Mention m : Mention.of(sentence.tags())) {
        out.add(new Sample(sentence.id() + "#" + m.start(), m.type(), items(answers, i, m)));
      }
    }
    return out;
  }

  /**
   * One sample an entity string and type, of all items of its mentions.
   *
   * @param known strings that other training data hold too, which are left out: the model may know
   *     them
   */
  public static List<Sample> strings(Evaluation answers, Set<String> known) {
    Map<String, Sample> out = new LinkedHashMap<>();
    for (int i = 0; i < answers.data().size(); i++) {
      TaggedSentence sentence = (TaggedSentence) answers.data().examples().get(i);
      for (Mention m : Mention.of(sentence.tags())) {
        String surface = m.surface(sentence.words());
        if (!known.contains(surface)) {
          String id = sentence.id() + "#" + m.start(); // the first mention's: no text in an id
          Sample one = new Sample(id, m.type(), items(answers, i, m));
          out.merge(m.type() + "\0" + surface, one, EntityMentions::joined);
        }
      }
    }
    return List.copyOf(out.values());
  }

  /** The entity strings of sentences. */
  public static Set<String> surfaces(Iterable<TaggedSentence> sentences) {
    Set<String> out = new java.util.HashSet<>();
    for (TaggedSentence s : sentences) {
      out.addAll(
          Mention.of(s.tags()).stream().map(m -> m.surface(s.words())).collect(Collectors.toSet()));
    }
    return out;
  }

  private static Sample joined(Sample a, Sample b) {
    List<Prediction> items = new ArrayList<>(a.items());
    items.addAll(b.items());
    return new Sample(a.id(), a.stratum(), items);
  }

  private static List<Prediction> items(Evaluation answers, int example, Mention m) {
    return answers.items().get(example).stream()
        .filter(p -> m.start() <= p.word() && p.word() < m.end())
        .toList();
  }
}
