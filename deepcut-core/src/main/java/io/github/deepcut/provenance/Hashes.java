package io.github.deepcut.provenance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and what is made of it. */
public final class Hashes {
  /** Bytes of a hash. */
  public static final int BYTES = 32;

  private Hashes() {}

  /** A fresh SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** SHA-256 of the parts, one behind the other. */
  public static byte[] of(byte[]... parts) {
    MessageDigest digest = sha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** HMAC-SHA-256 under one key; not for several threads. */
  public static final class Salted {
    private final Mac mac;

    public Salted(byte[] salt) {
      try {
        this.mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salt, "HmacSHA256"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has HmacSHA256", e);
      }
    }

    /** Of a text in UTF-8. */
    public byte[] of(String text) {
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a text in UTF-8, behind its length in four bytes, and what follows it. */
    public byte[] of(String text, byte[] more) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      mac.update(bytes);
      return mac.doFinal(more);
    }
  }

  /** In lower-case hexadecimal. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * A hash from lower-case hexadecimal.
   *
   * @throws IllegalArgumentException if that is not what it is
   */
  public static byte[] parse(String hex) {
    byte[] hash = HexFormat.of().parseHex(hex);
    if (hash.length != BYTES || !hex.equals(hex(hash))) {
      throw new IllegalArgumentException(
          "'" + hex + "' is no SHA-256 in lower-case hexadecimal of 64 digits");
    }
    return hash;
  }
}
