package io.github.deepcut.compare;

import io.github.deepcut.stats.Interval;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of one method over all seeds.
 *
 * @param settings that the tuning chose; empty: the defaults
 * @param gaps mean absolute gap by metric
 * @param averageGap mean over seeds of the average gap, percentage points; empty where the method
 *     failed
 * @param interval 95 % interval of that mean by Student's t; empty for a single seed
 * @param pValue of the paired t-test over seeds of its average gap against the best method's; empty
 *     for the best itself and for fewer than two seeds
 * @param seconds median over seeds; null where nothing was run
 * @param timesFaster how often that goes into retraining; null where it is not known
 * @param failed why there are no figures, or null
 * @param collapsed how it ruined what the model knew of D_r, in one of the runs, or null
 */
public record Standing(
    String method,
    Map<String, String> settings,
    Map<String, Double> gaps,
    OptionalDouble averageGap,
    Optional<Interval> interval,
    OptionalDouble pValue,
    Double seconds,
    Double timesFaster,
    String failed,
    String collapsed) {

  Standing withP(OptionalDouble p) {
    return new Standing(
        method, settings, gaps, averageGap, interval, p, seconds, timesFaster, failed, collapsed);
  }
}
