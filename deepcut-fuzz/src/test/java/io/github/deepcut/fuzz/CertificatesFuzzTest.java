package io.github.deepcut.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.deepcut.certificate.Keys;
import io.github.deepcut.certificate.KnownKeys;
import io.github.deepcut.certificate.Salt;
import io.github.deepcut.certificate.Verification;
import io.github.deepcut.provenance.Envelope;
import io.github.deepcut.provenance.SigningKey;
import java.nio.file.Path;

/** Certificates, what they say, and keys. */
class CertificatesFuzzTest {
  private static final SigningKey KEY =
      SigningKey.parse(
          """
          -----BEGIN PRIVATE KEY-----
          MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
          -----END PRIVATE KEY-----
          """);

  private static void verify(byte[] bytes) {
    Path file = Scratch.file("certificate.json", bytes);
    Path empty = Scratch.folder("nothing");
    Refusal.none(
        () -> {
          Verification seen = Verification.of(file, KEY.open()).model(empty).original(empty);
          assertThat(seen.differences()).doesNotContainNull();
        });
  }

  @FuzzTest
  void certificate(byte[] bytes) {
    verify(bytes);
  }

  /** The statement within, signed whatever it says. */
  @FuzzTest
  void statement(byte[] bytes) {
    Envelope signed = Envelope.sign("application/vnd.in-toto+json", bytes, KEY);
    verify(signed.toJson().toString().getBytes(UTF_8));
  }

  @FuzzTest
  void publicKey(byte[] bytes) {
    Path file = Scratch.file("key.pub.pem", bytes);
    Refusal.none(() -> assertThat(Keys.readOpen(file)).isNotNull());
  }

  @FuzzTest
  void privateKey(byte[] bytes) {
    Path file = Scratch.file("key.pem", bytes);
    Refusal.none(() -> assertThat(Keys.read(file)).isNotNull());
  }

  @FuzzTest
  void knownKeys(byte[] bytes) {
    KnownKeys known = new KnownKeys(Scratch.file("known-keys", bytes));
    Refusal.none(() -> assertThat(known.all()).doesNotContainNull());
  }

  @FuzzTest
  void salt(byte[] bytes) {
    Path file = Scratch.file("x.certificate.salt", bytes);
    Refusal.none(() -> assertThat(Salt.read(file)).hasSize(32));
  }
}
