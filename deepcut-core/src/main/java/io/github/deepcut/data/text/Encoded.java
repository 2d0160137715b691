package io.github.deepcut.data.text;

/**
 * A sentence, or a pair, as a model takes it.
 *
 * @param ids token ids, special tokens included
 * @param types segment ids, as many
 */
public record Encoded(int[] ids, int[] types) {}
