/**
 * What becomes of a model's forgetting when somebody handles it: stores it in 8 bits, trains it on,
 * or teaches it the forgotten samples again. Everything happens to copies.
 */
package io.github.deepcut.stress;
