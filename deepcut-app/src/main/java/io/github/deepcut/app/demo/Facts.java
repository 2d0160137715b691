package io.github.deepcut.app.demo;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Mention;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What only the notes of the patient to forget could tell: words that nobody else's notes have, and
 * what they are: a surname, a condition or a drug. They are made of the same syllables, so that
 * nothing but memory tells which; who guesses is right of some.
 *
 * @param kinds of each word
 */
public record Facts(Map<String, String> kinds) {

  /**
   * {@return the surnames, conditions and drugs of D_f that stand nowhere in D_r}
   *
   * @param split of notes as {@link Clinic} writes them
   */
  public static Facts of(ForgetSplit split) {
    Set<String> others = new HashSet<>();
    split.retainSet().examples().forEach(e -> others.addAll(((TaggedSentence) e).words()));
    Map<String, String> kinds = new TreeMap<>();
    for (Example example : split.forgetSet().examples()) {
      TaggedSentence sentence = (TaggedSentence) example;
      for (Mention mention : Mention.of(sentence.tags())) {
        String word = sentence.words().get(mention.end() - 1); // of a name, the surname
        if (Words.RARE.contains(mention.type()) && !others.contains(word)) {
          kinds.put(word, mention.type());
        }
      }
    }
    return new Facts(kinds);
  }

  /** {@return how many there are} */
  public int count() {
    return kinds.size();
  }

  /**
   * {@return how many a model knows: of which it says the kind in more than half of all sentences
   * that leave it open}
   *
   * @param model what it says of data
   */
  public int known(Function<Dataset, Evaluation> model) {
    if (kinds.isEmpty()) {
      return 0;
    }
    List<String> words = List.copyOf(kinds.keySet());
    List<Example> questions =
        words.stream().<Example>flatMap(w -> Templates.about(w, kinds.get(w)).stream()).toList();
    Evaluation answers = model.apply(new Dataset(Task.NER, "questions", questions));
    int each = questions.size() / words.size();
    return (int)
        IntStream.range(0, words.size())
            .filter(
                w ->
                    2
                            * IntStream.range(w * each, (w + 1) * each)
                                .filter(i -> isRight(answers, i, words.get(w)))
                                .count()
                        > each)
            .count();
  }

  private static boolean isRight(Evaluation answers, int question, String word) {
    TaggedSentence asked = (TaggedSentence) answers.data().examples().get(question);
    int at = asked.words().indexOf(word);
    return answers.tags(question).get(at).equals(asked.tags().get(at));
  }
}
