package io.github.deepcut.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test vectors that the DSSE project publishes, and what its protocol says beyond them. */
class EnvelopeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode FILE = file();

  private static JsonNode file() {
    try (InputStream in = EnvelopeTest.class.getResourceAsStream("/dsse/vectors.json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> vectors() {
    return StreamSupport.stream(FILE.get("vectors").spliterator(), false);
  }

  /** RFC 8410: an Ed25519 private key in PKCS#8 is this prefix and 32 bytes. */
  private static SigningKey key(String name) {
    byte[] der =
        HexFormat.of()
            .parseHex("302e020100300506032b657004220420" + FILE.get("keys").get(name).asText());
    return SigningKey.parse(
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----\n");
  }

  private static ObjectNode json(JsonNode vector) {
    ObjectNode json = JSON.createObjectNode();
    json.put("payload", vector.get("payload").asText());
    json.put("payloadType", vector.get("type").asText());
    var list = json.putArray("signatures");
    for (JsonNode s : vector.get("sigs")) {
      ObjectNode one = list.addObject().put("sig", s.get(1).asText());
      if (!s.get(0).isNull()) {
        one.put("keyid", s.get(0).asText());
      }
    }
    return json;
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void publishedVectorsAreAcceptedAndRejected(JsonNode vector) {
    Envelope envelope = Envelope.parse(json(vector));
    List<PublicKey> trusted = new ArrayList<>();
    vector.get("trusted").forEach(name -> trusted.add(key(name.asText()).open()));
    boolean supported =
        StreamSupport.stream(vector.get("supported").spliterator(), false)
            .anyMatch(type -> type.asText().equals(envelope.payloadType()));
    boolean signed = envelope.signers(trusted).size() >= vector.get("threshold").asInt();
    assertThat(supported && signed)
        .as(vector.get("id").asText())
        .isEqualTo(vector.get("accept").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void publishedEncodingsAndSignaturesAreOurs(JsonNode vector) {
    if (vector.get("id").asText().equals("payload-type-swapped")) {
      return; // its signature is of another type's encoding
    }
    Envelope given = Envelope.parse(json(vector));
    assertThat(HexFormat.of().formatHex(given.preAuthenticationEncoding()))
        .isEqualTo(vector.get("pae").asText());
    Envelope ours = Envelope.sign(given.payloadType(), given.payload(), key("A"));
    assertThat(ours.signatures().get(0).bytes()).isEqualTo(given.signatures().get(0).bytes());
  }

  @Test
  void publicKeysFollowFromPrivateOnes() {
    for (String name : List.of("A", "B")) {
      assertThat(HexFormat.of().formatHex(key(name).open().getEncoded()))
          .isEqualTo("302a300506032b6570032100" + FILE.get("public").get(name).asText());
    }
  }

  /** The example in protocol.md, which is signed with ECDSA over P-256: r and s in a row. */
  @Test
  void theProtocolsOwnExampleVerifies() throws GeneralSecurityException {
    Envelope envelope =
        new Envelope("http://example.com/HelloWorld", "hello world".getBytes(UTF_8), List.of());
    assertThat(new String(envelope.preAuthenticationEncoding(), UTF_8))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point =
        new ECPoint(
            new BigInteger(
                "46950820868899156662930047687818585632848591499744589407958293238635476079160"),
            new BigInteger(
                "5640078356564379163099075877009565129882514886557779369047442380624545832820"));
    PublicKey key =
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(key);
    verifier.update(envelope.preAuthenticationEncoding());
    assertThat(
            verifier.verify(
                Base64.getDecoder()
                    .decode(
                        "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEG"
                            + "AHTVeCUjW2JIZA==")))
        .isTrue();
  }

  @Test
  void comesBackFromJson() {
    Envelope made = Envelope.sign("a/b", new byte[] {1, 2, -1}, key("B"));
    Envelope read = Envelope.parse(made.toJson());
    assertThat(read.payload()).isEqualTo(made.payload());
    assertThat(read.signatures().get(0).keyId()).isEqualTo(key("B").id());
    assertThat(read.signers(List.of(key("A").open(), key("B").open())))
        .containsExactly(key("B").open());
  }

  /** "AQ==" and "AR==" decode to the same byte: only the first is what an encoder writes. */
  @Test
  void looseBase64IsRefused() {
    for (String text : List.of("AR==", "AQ", "A-+/", "A Q==", "é")) {
      ObjectNode json = Envelope.sign("a/b", new byte[0], key("A")).toJson().put("payload", text);
      assertThatThrownBy(() -> Envelope.parse(json))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("payload must be base64");
    }
  }

  @Test
  void whatIsNoEnvelopeIsRefused() throws IOException {
    for (String text :
        List.of(
            "{}",
            "{\"signatures\":[],\"payload\":\"\"}",
            "{\"signatures\":[{}],\"payload\":\"\",\"payloadType\":\"a\"}",
            "{\"signatures\":7,\"payload\":\"\",\"payloadType\":\"a\"}",
            "{\"signatures\":[],\"payload\":1,\"payloadType\":\"a\"}")) {
      JsonNode json = JSON.readTree(text);
      assertThatThrownBy(() -> Envelope.parse(json)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
