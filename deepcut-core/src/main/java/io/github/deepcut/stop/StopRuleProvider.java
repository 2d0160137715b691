package io.github.deepcut.stop;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.StopRule;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Brings a stop rule of one's own to {@code --set stop=NAME}. Found by {@link
 * java.util.ServiceLoader}: a jar on the class path names its providers in {@code
 * META-INF/services/io.github.deepcut.stop.StopRuleProvider}.
 */
public interface StopRuleProvider {

  /**
   * {@return its name on the command line and in records: a lower-case letter, then such letters,
   * digits, - and _}
   */
  String name();

  /** {@return when it stops, in a line} */
  String what();

  /**
   * Makes a rule for one run. It should judge by what it is asked about alone: after {@code
   * --resume} it knows of no earlier pass.
   *
   * @param ask what the rule may ask a model about
   * @return a new rule
   * @throws io.github.deepcut.run.InputException if it needs what is not there
   */
  StopRule rule(Questions ask);

  /**
   * What a rule may ask a model about; each answer is of the model as it is then, dropout off.
   *
   * @param forget all of D_f
   * @param retain at most 500 random examples of D_r
   * @param heldOut at most 500 random examples of D_v; empty where there is none
   * @param lost the labels that are forgotten whole
   * @param run for its clock and random streams
   */
  record Questions(
      Function<Classifier, Evaluation> forget,
      Function<Classifier, Evaluation> retain,
      Optional<Function<Classifier, Evaluation>> heldOut,
      Set<String> lost,
      Run run) {}
}
