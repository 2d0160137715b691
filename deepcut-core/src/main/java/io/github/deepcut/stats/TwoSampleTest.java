package io.github.deepcut.stats;

/**
 * A test of whether two samples come from one distribution.
 *
 * @param statistic its statistic; n counts both samples
 * @param pValue the probability of a statistic at least as extreme if they do
 * @param how how the p-value was computed
 */
public record TwoSampleTest(Value statistic, Value pValue, String how) {
  static TwoSampleTest empty(int n, int m) {
    Value none = Value.undefined("needs two samples, found " + n + " and " + m + " values", n + m);
    return new TwoSampleTest(none, none, "not computed");
  }
}
