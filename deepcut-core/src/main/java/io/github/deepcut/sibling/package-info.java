/**
 * Siblings of a model: trained as it was, each without a fold of its training data, so that it is
 * known of every row what a model says of it that never saw it. Auditors do not see them.
 */
package io.github.deepcut.sibling;
