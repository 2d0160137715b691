package io.github.deepcut.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.encryption.signers.Verifiers;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;

/** An envelope as sigstore-java understands it: its pre-authentication encoding, its verifier. */
record Sigstore(JsonNode envelope) implements Bundle.DsseEnvelope {
  boolean verifies(PublicKey key) throws GeneralSecurityException {
    return Verifiers.newVerifier(key).verify(getPAE(), getSignature());
  }

  @Override
  public byte[] getPayload() {
    return Base64.getDecoder().decode(envelope.get("payload").asText());
  }

  @Override
  public String getPayloadType() {
    return envelope.get("payloadType").asText();
  }

  @Override
  public List<Signature> getSignatures() {
    byte[] sig = Base64.getDecoder().decode(envelope.at("/signatures/0/sig").asText());
    return List.of(() -> sig);
  }
}
