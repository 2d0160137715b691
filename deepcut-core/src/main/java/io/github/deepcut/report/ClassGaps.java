package io.github.deepcut.report;

import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.EntityF1;
import io.github.deepcut.audit.EntityF1.Counts;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.Span;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The utility on forgotten samples class by class: accuracy on those with a label, F1 of the
 * entities of a type. The widest gaps to the retrained model come first.
 */
record ClassGaps(ThreeModels<Answers> answers, Bootstrap bootstrap) {

  Part<List<ClassGap>> found() {
    Evaluation forget = answers.unlearned().forget();
    boolean tagged = forget.data().task() == Task.NER;
    Metric metric = Metric.forget(tagged ? "f1" : "accuracy");
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < forget.data().size(); i++) {
      List<String> labels = forget.data().labels(i);
      names.addAll(tagged ? EntityF1.spans(labels).stream().map(Span::type).toList() : labels);
    }
    if (names.size() < 2) {
      return Part.missing("The forgotten samples are all of one class.");
    }
    List<ClassGap> gaps = new ArrayList<>();
    for (String name : names) {
      Row row =
          answers.row(metric, a -> tagged ? entities(a.forget(), name) : samples(a.forget(), name));
      gaps.add(new ClassGap(name, row));
    }
    gaps.sort(Comparator.comparingDouble(g -> -g.row().gap().orElse(-1)));
    return Part.of(gaps);
  }

  private Value samples(Evaluation forget, String label) {
    int[] at =
        IntStream.range(0, forget.data().size())
            .filter(i -> forget.data().labels(i).contains(label))
            .toArray();
    return forget.select(at).quality(bootstrap);
  }

  private Value entities(Evaluation forget, String type) {
    List<Counts> sentences = new ArrayList<>();
    for (int i = 0; i < forget.data().size(); i++) {
      Set<Span> there = spans(((TaggedSentence) forget.data().examples().get(i)).tags(), type);
      Set<Span> predicted = spans(forget.tags(i), type);
      Set<Span> both = new HashSet<>(there);
      both.retainAll(predicted);
      sentences.add(new Counts(both.size(), there.size(), predicted.size()));
    }
    return EntityF1.of(sentences, bootstrap);
  }

  private static Set<Span> spans(List<String> tags, String type) {
    Set<Span> spans = new HashSet<>(EntityF1.spans(tags));
    spans.removeIf(s -> !s.type().equals(type));
    return spans;
  }
}
