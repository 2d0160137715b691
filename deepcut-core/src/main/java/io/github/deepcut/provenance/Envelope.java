package io.github.deepcut.provenance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A signed message: DSSE 1.0 (github.com/secure-systems-lab/dsse), signatures by Ed25519.
 *
 * <pre>
 * { "payload": BASE64(body), "payloadType": TYPE,
 *   "signatures": [ { "keyid": KEY, "sig": BASE64(signature of PAE) }, ... ] }
 * PAE = "DSSEv1" SP LEN(TYPE) SP TYPE SP LEN(body) SP body
 * </pre>
 *
 * <p>LEN counts bytes, in decimal digits. BASE64 is the standard or the URL-safe alphabet; text
 * that is not exactly the encoding of its bytes is refused.
 *
 * @param payloadType what the body is
 * @param payload the body
 */
public record Envelope(String payloadType, byte[] payload, List<Signature> signatures) {
  public Envelope {
    signatures = List.copyOf(signatures);
  }

  /**
   * A signature.
   *
   * @param keyId a hint, never evidence; null where it is not told
   */
  public record Signature(String keyId, byte[] bytes) {}

  /** Signs a body. */
  public static Envelope sign(String payloadType, byte[] payload, SigningKey key) {
    byte[] signature = key.sign(encode(payloadType, payload));
    return new Envelope(payloadType, payload, List.of(new Signature(key.id(), signature)));
  }

  /** The bytes that are signed. */
  public byte[] preAuthenticationEncoding() {
    return encode(payloadType, payload);
  }

  private static byte[] encode(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + type.length + 40);
    out.writeBytes(("DSSEv1 " + type.length + " ").getBytes(US_ASCII));
    out.writeBytes(type);
    out.writeBytes((" " + payload.length + " ").getBytes(US_ASCII));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** Those of {@code trusted} by which a signature was made; key ids are not looked at. */
  public Set<PublicKey> signers(Collection<PublicKey> trusted) {
    byte[] signed = preAuthenticationEncoding();
    Set<PublicKey> found = new LinkedHashSet<>();
    for (PublicKey key : trusted) {
      if (signatures.stream().anyMatch(s -> PublicKeys.verify(key, signed, s.bytes()))) {
        found.add(key);
      }
    }
    return found;
  }

  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("payload", Base64.getEncoder().encodeToString(payload));
    json.put("payloadType", payloadType);
    var list = json.putArray("signatures");
    for (Signature s : signatures) {
      ObjectNode one = list.addObject();
      if (s.keyId() != null) {
        one.put("keyid", s.keyId());
      }
      one.put("sig", Base64.getEncoder().encodeToString(s.bytes()));
    }
    return json;
  }

  /**
   * Reads an envelope; fields of other names are passed over.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Envelope parse(JsonNode json) {
    List<Signature> signatures = new ArrayList<>();
    if (!json.path("signatures").isArray()) {
      throw new IllegalArgumentException("signatures must be a list");
    }
    for (JsonNode s : json.get("signatures")) {
      String keyId = s.path("keyid").isTextual() ? s.get("keyid").asText() : null;
      signatures.add(new Signature(keyId, decode(s, "sig")));
    }
    JsonNode type = json.path("payloadType");
    if (!type.isTextual()) {
      throw new IllegalArgumentException("payloadType must be a text");
    }
    return new Envelope(type.asText(), decode(json, "payload"), signatures);
  }

  private static byte[] decode(JsonNode json, String field) {
    if (!json.path(field).isTextual()) {
      throw new IllegalArgumentException(field + " must be a text in base64");
    }
    String text = json.get(field).asText();
    boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    Base64.Encoder encoder = urlSafe ? Base64.getUrlEncoder() : Base64.getEncoder();
    Base64.Decoder decoder = urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder();
    try {
      byte[] bytes = decoder.decode(text);
      if (encoder.encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + " must be base64: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(field + " must be base64 as it is written");
  }
}
