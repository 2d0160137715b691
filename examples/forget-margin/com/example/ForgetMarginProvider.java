package com.example;

import io.github.deepcut.MethodProvider;
import io.github.deepcut.data.Task;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.loop.OptimizerSettings;

/** Brings {@link ForgetMargin} to {@code deepcut --method forget-margin}. */
public final class ForgetMarginProvider implements MethodProvider {
  @Override
  public UnlearningMethod defaults(Task task) {
    return new ForgetMargin(1, 0.5, OptimizerSettings.adamW(0.1, 5));
  }
}
