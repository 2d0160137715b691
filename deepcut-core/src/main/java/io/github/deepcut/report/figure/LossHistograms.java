package io.github.deepcut.report.figure;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How the losses of forgotten and of unseen samples are spread, for each model over the same bins.
 * A loss outside the edges counts in the first or the last bin.
 *
 * @param edges of the bins in nats, rising, one more than there are bins
 */
public record LossHistograms(List<Double> edges, List<Counts> models) {
  private static final double LOWEST = 1e-4;
  private static final int BINS = 24;

  public LossHistograms {
    edges = List.copyOf(edges);
    models = List.copyOf(models);
    for (Counts c : models) {
      if (c.forgotten().size() != edges.size() - 1 || c.unseen().size() != edges.size() - 1) {
        throw new IllegalArgumentException(
            "%s: %d and %d counts, expected one for each of %d bins"
                .formatted(c.model(), c.forgotten().size(), c.unseen().size(), edges.size() - 1));
      }
    }
  }

  /** Samples in each bin. */
  public record Counts(ModelRole model, List<Long> forgotten, List<Long> unseen) {
    public Counts {
      forgotten = List.copyOf(forgotten);
      unseen = List.copyOf(unseen);
    }
  }

  /** One model's losses. */
  public record Losses(ModelRole model, double[] forgotten, double[] unseen) {}

  /**
   * Over {@value #BINS} bins of equal width on a log axis. It begins at the power of ten below the
   * lowest loss, but at {@value #LOWEST} nats at least, and spans a decade at least.
   */
  public static LossHistograms of(List<Losses> models) {
    DoubleSummaryStatistics all =
        models.stream()
            .flatMapToDouble(m -> DoubleStream.concat(stream(m.forgotten()), stream(m.unseen())))
            .filter(Double::isFinite)
            .summaryStatistics();
    double least = all.getCount() == 0 ? LOWEST : Math.max(LOWEST, all.getMin());
    double low = Math.max(LOWEST, Math.pow(10, Math.floor(Math.log10(least))));
    double ratio = Math.log(Math.max(all.getMax(), 10 * low) / low) / BINS;
    List<Double> edges =
        IntStream.rangeClosed(0, BINS).mapToObj(i -> low * Math.exp(i * ratio)).toList();
    return new LossHistograms(
        edges,
        models.stream()
            .map(m -> new Counts(m.model(), count(m.forgotten(), edges), count(m.unseen(), edges)))
            .toList());
  }

  private static DoubleStream stream(double[] losses) {
    return Arrays.stream(losses);
  }

  private static List<Long> count(double[] losses, List<Double> edges) {
    Long[] counts = new Long[edges.size() - 1];
    Arrays.fill(counts, 0L);
    for (double loss : losses) {
      int bin = 0;
      while (bin < counts.length - 1 && loss >= edges.get(bin + 1)) {
        bin++;
      }
      counts[bin]++;
    }
    return List.of(counts);
  }
}
