package io.github.deepcut.provenance;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** An Ed25519 key pair. */
public record SigningKey(PrivateKey secret, PublicKey open) {
  private static final String LABEL = "PRIVATE KEY";

  /** A new one. */
  public static SigningKey generate() {
    return generate(new SecureRandom());
  }

  private static SigningKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EdDSA");
      generator.initialize(NamedParameterSpec.ED25519, random);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 15 and later have Ed25519", e);
    }
  }

  /**
   * Reads a private key in PEM, PKCS#8, as {@code openssl genpkey -algorithm ed25519} writes it.
   *
   * @throws IllegalArgumentException if it is no such key
   */
  public static SigningKey parse(String pem) {
    try {
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(LABEL, pem)));
      byte[] seed = ((EdECPrivateKey) secret).getBytes().orElseThrow();
      SigningKey key = new SigningKey(secret, generate(new Seed(seed)).open());
      if (!PublicKeys.verify(key.open(), seed, key.sign(seed))) {
        throw new IllegalStateException("this Java derives no public key from an Ed25519 seed");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 private key: " + e.getMessage(), e);
    }
  }

  /** Gives the key generator the 32 bytes that it draws for a private key. */
  private static final class Seed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }

  /** See {@link PublicKeys#id}. */
  public String id() {
    return PublicKeys.id(open);
  }

  /** The private key in PEM. */
  public String toPem() {
    return Pem.write(LABEL, secret.getEncoded());
  }

  byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(secret);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key does not sign: " + e.getMessage(), e);
    }
  }
}
