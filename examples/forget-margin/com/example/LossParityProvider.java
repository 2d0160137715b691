package com.example;

import io.github.deepcut.stop.StopRuleProvider;
import io.github.deepcut.run.InputException;
import io.github.deepcut.unlearn.StopRule;

/** Brings {@link LossParity} to {@code deepcut --set stop=loss-parity}. */
public final class LossParityProvider implements StopRuleProvider {
  @Override
  public String name() {
    return "loss-parity";
  }

  @Override
  public String what() {
    return "the mean loss on D_f is no lower than on held-out data";
  }

  @Override
  public StopRule rule(Questions ask) {
    return new LossParity(
        ask.forget(),
        ask.heldOut()
            .orElseThrow(() -> new InputException("stop=loss-parity needs --holdout FILE")));
  }
}
