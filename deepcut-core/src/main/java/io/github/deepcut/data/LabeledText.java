package io.github.deepcut.data;

/**
 * A sentence, or a pair of sentences, with its label.
 *
 * @param pair the second sentence, or null
 * @param label the label's name, or null where it is not known (prediction)
 */
public record LabeledText(String id, String text, String pair, String label) implements Example {}
