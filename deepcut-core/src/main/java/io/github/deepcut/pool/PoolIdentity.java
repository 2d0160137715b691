package io.github.deepcut.pool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * All that the answers of a pool depend on.
 *
 * @param kind of its models
 * @param json as it is written down
 */
public record PoolIdentity(Kind kind, String json) {

  /** What the models of a pool are. */
  public enum Kind {
    /** Trained on random halves, for attacks. */
    SHADOW("shadow models"),
    /** Trained without a fold each, for the targets of unlearning. */
    SIBLING("siblings");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** {@return what to call them} */
    public String words() {
      return words;
    }

    /** {@return the extension of the files with what a model says} */
    String extension() {
      return "." + name().toLowerCase(Locale.ROOT);
    }

    /** {@return the folder of all such pools in the user's cache} */
    String folder() {
      return name().toLowerCase(Locale.ROOT) + "s";
    }
  }

  /** SHA-256 of {@link #json}: 32 bytes. */
  byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** {@return the name of the pool's folder: the digest's first 16 bytes in hexadecimal} */
  public String key() {
    return HexFormat.of().formatHex(digest(), 0, 16);
  }
}
