package io.github.deepcut.model.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.model.Classifier;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A classifier to be trained and what its folder will look like.
 *
 * @param config {@code config.json} to write
 * @param gone stored tensors whose place others take: renamed, of another label set, or of a
 *     pre-training head
 * @param base where it came from
 * @param added further files to write, by name, in place of the base's
 */
public record Prepared(
    Classifier classifier,
    ObjectNode config,
    Set<String> gone,
    ModelFolder base,
    Map<String, ObjectNode> added) {

  /** Writes the trained classifier and all else that its base holds. */
  public void writeTo(Path target) {
    base.writeAs(target, gone, classifier.weights().all(), config);
    added.forEach((name, json) -> JsonFile.rewrite(target.resolve(name), json));
  }
}
