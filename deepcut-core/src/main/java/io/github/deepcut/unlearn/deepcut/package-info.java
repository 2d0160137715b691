/** DeepCUT (arXiv 2503.14900), its losses and its steps. */
package io.github.deepcut.unlearn.deepcut;
