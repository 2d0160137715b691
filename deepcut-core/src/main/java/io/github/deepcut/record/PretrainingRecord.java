package io.github.deepcut.record;

import io.github.deepcut.provenance.Environment;
import io.github.deepcut.provenance.Parent;
import io.github.deepcut.train.Recipe;
import java.util.List;

/**
 * How a pretrained encoder came about: its {@code deepcut.json}.
 *
 * @param version of DeepCUT
 * @param task {@code pretrain}
 * @param maskShare of the tokens hidden
 * @param base absolute path of the folder from which it was trained
 * @param corpus the text files
 * @param tokens of one epoch, special tokens included
 * @param seconds that training took
 * @param environment where
 * @param parents the folder from which it was trained
 */
public record PretrainingRecord(
    String version,
    String task,
    Recipe recipe,
    double maskShare,
    String base,
    List<Source> corpus,
    long tokens,
    double seconds,
    Environment environment,
    List<Parent> parents) {

  /** A text file: absolute path and SHA-256 of its bytes. */
  public record Source(String path, String sha256) {}
}
