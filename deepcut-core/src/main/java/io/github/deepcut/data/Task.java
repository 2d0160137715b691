package io.github.deepcut.data;

import java.util.Locale;

/** What a model is asked to tell of an example. */
public enum Task {
  /** One label for a sentence or a pair of sentences. */
  CLASSIFY,
  /** One tag for each word of a sentence. */
  NER,
  /** One label for an image. */
  IMAGE;

  /** The name used on the command line and in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
