package io.github.deepcut.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.SiblingsUsed;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How examples were taken out of a model; what was forgotten is not told.
 *
 * @param method its name
 * @param set the settings that were given
 * @param settings all of them, in the method's own form
 * @param stop the stop rule
 * @param training the data; null where the examples came from no file
 * @param holdout null where there was none
 * @param forgotten how many examples
 * @param retained how many
 * @param passes over the forgotten examples in the model that was kept
 * @param stoppedBy what ended it
 * @param siblings where its targets are from; null where it asked none
 */
public record UnlearningRecord(
    String method,
    Map<String, String> set,
    JsonNode settings,
    String stop,
    long seed,
    Source training,
    Source holdout,
    int forgotten,
    int retained,
    int passes,
    long steps,
    String stoppedBy,
    @JsonInclude(JsonInclude.Include.NON_NULL) SiblingsUsed siblings) {

  /** A data file: absolute path, and SHA-256 of its bytes. */
  public record Source(String path, String sha256) {
    public Source {
      ModelRecord.requirePath("the path of a data file", path);
    }

    public static Source of(Path file) {
      return new Source(file.toAbsolutePath().normalize().toString(), Fingerprint.of(file));
    }
  }

  /** With the settings that were given, and the files. */
  public UnlearningRecord from(Map<String, String> given, Source data, Source heldOut) {
    return new UnlearningRecord(
        method, given, settings, stop, seed, data, heldOut, forgotten, retained, passes, steps,
        stoppedBy, siblings);
  }

  /** With the files' paths changed. */
  UnlearningRecord moved(UnaryOperator<String> move) {
    return from(set, moved(training, move), moved(holdout, move));
  }

  private static Source moved(Source source, UnaryOperator<String> move) {
    return source == null ? null : new Source(move.apply(source.path()), source.sha256());
  }
}
