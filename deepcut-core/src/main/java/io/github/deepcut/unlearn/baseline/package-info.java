/** Methods to hold DeepCUT against, one small file each; Contrastive Unlearning among them. */
package io.github.deepcut.unlearn.baseline;
