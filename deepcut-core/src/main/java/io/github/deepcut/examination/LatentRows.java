package io.github.deepcut.examination;

import io.github.deepcut.audit.Centroids;
import io.github.deepcut.audit.LinearCka;
import io.github.deepcut.audit.LinearProbe;
import io.github.deepcut.audit.NeighbourPurity;
import io.github.deepcut.audit.NeighbourPurity.Items;
import io.github.deepcut.audit.Silhouette;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.model.HiddenStates;
import io.github.deepcut.report.AuditMetrics;
import io.github.deepcut.report.Metric;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.run.Run;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Value;
import io.github.deepcut.train.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Where forgotten items lie in the models' latent spaces, and what each layer still tells of them.
 * Of tagged sentences all words are items; a random part of many.
 *
 * @param models to look into
 */
public record LatentRows(ThreeModels<? extends Examinee> models, Dataset forget, Dataset retained) {
  private static final int FORGOTTEN = 500;
  private static final int RETAINED = 1000;

  /** A model's forgotten and retained items. */
  private record Space(HiddenStates forget, HiddenStates retain) {
    Items forget(int layer) {
      return new Items(forget.layers().get(layer), forget.labels());
    }

    Items retain(int layer) {
      return new Items(retain.layers().get(layer), retain.labels());
    }

    int last() {
      return forget.layers().size() - 1;
    }

    Centroids centroids() {
      return new Centroids(retain.last(), retain.labels());
    }
  }

  public List<Row> rows(Run run) {
    ThreeModels<Space> spaces = models.map(m -> space(m, run));
    Bootstrap b = new Bootstrap(run.random("latent bootstrap"));
    List<Row> rows = new ArrayList<>();
    rows.add(row(spaces, AuditMetrics.OWN_CENTROID, s -> toOwn(s, b)));
    rows.add(row(spaces, AuditMetrics.OTHER_CENTROID, s -> toOther(s, b)));
    rows.add(
        row(
            spaces,
            AuditMetrics.SILHOUETTE,
            s -> Silhouette.cosine(s.forget.last(), s.forget.labels(), b)));
    rows.add(
        row(
            spaces,
            AuditMetrics.NEIGHBOUR_PURITY,
            s -> NeighbourPurity.of(s.forget(s.last()), s.retain(s.last()), b)));
    int layers = spaces.stream().mapToInt(Space::last).min().orElse(-1);
    for (int l = 0; l <= layers; l++) {
      int layer = l;
      rows.add(
          row(
              spaces,
              AuditMetrics.probe(l),
              s -> LinearProbe.of(s.forget(layer), s.retain(layer))));
    }
    for (int l = 0; l <= layers && spaces.retrained().isPresent(); l++) {
      double[][] reference = spaces.retrained().get().forget.layers().get(l);
      int layer = l;
      rows.add(
          row(
              spaces,
              AuditMetrics.cka(l),
              s -> LinearCka.of(s.forget.layers().get(layer), reference)));
    }
    return rows;
  }

  private static Row row(ThreeModels<Space> spaces, Metric metric, Function<Space, Value> f) {
    return spaces.row(metric, f);
  }

  private static Value toOwn(Space s, Bootstrap bootstrap) {
    return s.centroids().toOwn(s.forget.last(), s.forget.labels(), bootstrap);
  }

  private static Value toOther(Space s, Bootstrap bootstrap) {
    return s.centroids().toNearestOther(s.forget.last(), s.forget.labels(), bootstrap);
  }

  private Space space(Examinee model, Run run) {
    return new Space(some(model, forget, FORGOTTEN, run), some(model, retained, RETAINED, run));
  }

  /** The same items whatever the model, as long as it cuts sentences alike. */
  private static HiddenStates some(Examinee model, Dataset data, int most, Run run) {
    int[] examples = Batches.sample(data.size(), most, run.random("latent examples"));
    Arrays.sort(examples);
    HiddenStates all = HiddenStates.of(model.classifier(), model.encode(data.select(examples)));
    int[] items = Batches.sample(all.size(), most, run.random("latent items"));
    Arrays.sort(items);
    return all.select(items);
  }
}
