package io.github.deepcut.provenance;

/**
 * A model folder from which another was made.
 *
 * @param how {@code fine-tuned}, {@code pretrained} or {@code unlearned}
 * @param path absolute
 * @param fingerprint {@link Fingerprint#ofModel} of it; null in records of old
 */
public record Parent(String how, String path, String fingerprint) {}
