/**
 * Unlearning: what a method is, what it is given, and when it stops. Methods lie in {@code
 * baseline} and {@code deepcut}; what those share that go by gradients, in {@code loop}.
 */
package io.github.deepcut.unlearn;
