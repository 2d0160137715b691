package io.github.deepcut.provenance;

/**
 * Siblings of a model from which the targets of an unlearning are.
 *
 * @param unit of the rows that each was trained without, such as {@code row} or a column's name
 * @param folds a round
 * @param rounds of folds
 * @param seed by which units were dealt to folds, and siblings trained
 * @param data SHA-256 of what the training data say, row by row
 * @param holdout the same of the data that they were calibrated by; empty where there were none
 * @param misfitPercent of what resembles the forgotten rows, how much more the siblings lacked than
 *     a retrained model would, or less: 0 to 100
 */
public record SiblingsUsed(
    String unit,
    int folds,
    int rounds,
    long seed,
    String data,
    String holdout,
    int misfitPercent) {}
