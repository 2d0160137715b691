/**
 * Statistics: intervals, ranks, tests, and the value of a metric that may be undefined. No tensors,
 * no models.
 */
package io.github.deepcut.stats;
