/**
 * What a run says of itself: rows of metrics, a verdict with its reason, JSON and tables. Records
 * only, never a tensor.
 */
package io.github.deepcut.report;
