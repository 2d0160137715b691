/**
 * Model folders as HuggingFace has them: configuration, labels, tensors by name, and the models
 * made of them.
 */
package io.github.deepcut.model.folder;
