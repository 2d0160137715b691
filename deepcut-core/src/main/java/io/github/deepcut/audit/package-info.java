/**
 * Evidence of forgetting: metrics over plain arrays, each with its definition, range, direction and
 * what it does with ties and empty input. What is undefined is a {@link
 * io.github.deepcut.audit.Value.Undefined} with a reason, never 0.
 */
package io.github.deepcut.audit;
