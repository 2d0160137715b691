/**
 * What methods share that go by gradients: {@link io.github.deepcut.unlearn.loop.Loop} has passes,
 * steps, stop rule and checkpoints; {@link io.github.deepcut.unlearn.loop.BatchPlan} the order of
 * the data; {@link io.github.deepcut.unlearn.loop.ItemOutputs} what the model says.
 */
package io.github.deepcut.unlearn.loop;
