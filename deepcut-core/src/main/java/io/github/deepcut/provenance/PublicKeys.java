package io.github.deepcut.provenance;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;

/** Ed25519 public keys, as the SubjectPublicKeyInfo (SPKI) of RFC 8410. */
public final class PublicKeys {
  private PublicKeys() {}

  /** What a key is called: SHA-256 of its SPKI in DER. */
  public static String id(PublicKey key) {
    return Hashes.hex(Hashes.of(key.getEncoded()));
  }

  /** {@code -----BEGIN PUBLIC KEY-----} and so on. */
  public static String toPem(PublicKey key) {
    return Pem.write("PUBLIC KEY", key.getEncoded());
  }

  /**
   * Reads PEM.
   *
   * @throws IllegalArgumentException if it is no Ed25519 public key
   */
  public static PublicKey parse(String pem) {
    return decode(Pem.read("PUBLIC KEY", pem));
  }

  /**
   * Reads DER.
   *
   * @throws IllegalArgumentException if it is no Ed25519 public key
   */
  public static PublicKey decode(byte[] spki) {
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 public key: " + e.getMessage(), e);
    }
  }

  /** Whether {@code signature} is the key's over {@code message}. */
  static boolean verify(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false; // its form is wrong
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 public key: " + e.getMessage(), e);
    }
  }
}
