package io.github.deepcut.bench.results;

import io.github.deepcut.bench.results.Selection.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Trains every original, retrained model and sibling of the results into the cache. Two processes
 * with the arguments {@code 0 2} and {@code 1 2} share the work, one thread each.
 */
public final class TrainModels {
  private TrainModels() {}

  /** {@code DATA CACHE PART PARTS [CORPORA [CASES]]}. */
  public static void main(String[] args) throws IOException {
    org.bytedeco.pytorch.global.torch.set_num_threads(1);
    int part = Integer.parseInt(args[2]);
    int parts = Integer.parseInt(args[3]);
    Map<Corpus, List<Request>> requests =
        Selection.of(args, 4).requests().stream()
            .collect(
                Collectors.groupingBy(Request::corpus, LinkedHashMap::new, Collectors.toList()));
    int number = 0;
    for (Corpus corpus : requests.keySet()) {
      Study study = Study.of(Path.of(args[0]), new Models(Path.of(args[1])), corpus);
      study.models().begin(study, part == 0);
      for (Study.Job job : study.jobs(requests.get(corpus))) {
        if (number++ % parts == part) {
          job.train();
        }
      }
    }
  }
}
