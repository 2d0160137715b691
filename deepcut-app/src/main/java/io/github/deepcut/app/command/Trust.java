package io.github.deepcut.app.command;

import io.github.deepcut.certificate.Keys;
import java.security.PublicKey;

/**
 * Why a signature counts.
 *
 * @param json in one word; {@code none} where it does not
 * @param text the same for people
 */
record Trust(String json, String text) {
  /** It is that of the key that was given. */
  static final Trust GIVEN = new Trust("given", "the one given");

  private static final Trust OWN = new Trust("own", "your own");
  private static final Trust NONE =
      new Trust(
          "none",
          "which is not known here: compare it with the signer's, then name that by --public-key"
              + " FILE, or once and for all by deepcut trust FILE");

  /** What a key is to the user. */
  static Trust in(PublicKey keyOrNull, Keys keys) {
    if (keyOrNull == null) {
      return NONE;
    }
    if (keys.isOwn(keyOrNull)) {
      return OWN;
    }
    return keys.known()
        .find(keyOrNull)
        .map(known -> new Trust("known", "known to you as " + known.name()))
        .orElse(NONE);
  }

  boolean isThere() {
    return !equals(NONE);
  }
}
