/** Shadow models: how they are trained, made to unlearn, and asked. */
package io.github.deepcut.shadow.training;
