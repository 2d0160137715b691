/** Contrastive losses over embeddings of unit length. */
package io.github.deepcut.unlearn.loss;
