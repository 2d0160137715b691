package io.github.deepcut.report.page;

import io.github.deepcut.report.figure.Fact;
import java.util.List;

/** The terms of the page in plain words. */
final class Glossary {
  private static final List<Fact> TERMS =
      List.of(
          new Fact(
              "95 % interval",
              "Computed from other samples in the same way, 95 of 100 such intervals hold the true"
                  + " value. A wide one means few samples."),
          new Fact("AUC", "Area under the ROC curve. 50 % is guessing, 100 % is certainty."),
          new Fact(
              "Ceiling",
              "The gap between the original and the retrained model: that of doing nothing."),
          new Fact(
              "F1",
              "For entities in text: the harmonic mean of how many are found and how many finds are right."),
          new Fact(
              "Floor",
              "The gap between two models retrained with different seeds: no method can do better."),
          new Fact(
              "Gap",
              "The distance between the unlearned and the retrained model; the smaller, the better."),
          new Fact(
              "JS divergence",
              "How far the answers of two models lie apart; 0 where they are the same, 0.69 nats at most."),
          new Fact(
              "Latent space",
              "The numbers by which a model represents a sample before it decides."),
          new Fact(
              "Loss",
              "How surprised a model is by the right answer, in nats: 0 where it was certain of it."),
          new Fact(
              "Membership attack",
              "A guess whether a sample was in the training data, from how the model answers."),
          new Fact("Original", "The model before unlearning, trained with the samples to forget."),
          new Fact(
              "Over-forgetting",
              "Answers worse than those of a model that never saw the samples. It gives them away as well."),
          new Fact(
              "Retrained",
              "A model trained anew without the samples to forget: what forgetting should look like."),
          new Fact(
              "ROC curve",
              "Right suspicions against wrong ones, for every threshold of an attack."),
          new Fact("Unlearned", "The model under audit."),
          new Fact(
              "Unseen",
              "Samples that no model was trained on, of the same classes as the forgotten ones."));

  private Glossary() {}

  static Tag section() {
    Tag list = Tag.of("dl", "glossary");
    for (Fact term : TERMS) {
      list.add(Tag.of("div").add(Tag.of("dt").text(term.name()), Tag.of("dd").text(term.value())));
    }
    return Contents.GLOSSARY.section().add(list);
  }
}
