package io.github.deepcut.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.deepcut.provenance.Hashes;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ForgottenIdsTest {
  private static final byte[] SALT = new byte[32];
  private static final int ROWS = 60;
  private static final int[] FORGET = {0, 7, 8, 59};

  private final ForgottenIds ids = ForgottenIds.of(SALT, new Some(ROWS, -1, -1), FORGET);

  /**
   * Rows of one letter each.
   *
   * @param renamed the row that has another id, or -1
   * @param rewritten the row that has another content, or -1
   */
  private record Some(int size, int renamed, int rewritten) implements ForgottenIds.Rows {
    @Override
    public String id(int row) {
      return row == renamed ? "another" : "row " + row;
    }

    @Override
    public byte[] content(int row) {
      return new byte[] {(byte) (row == rewritten ? 'b' : 'a')};
    }
  }

  /** RFC 4231, case 2: HMAC-SHA-256 under the key "Jefe". */
  @Test
  void idsAreHashedByHmac() {
    assertThat(
            Hashes.hex(
                new Hashes.Salted("Jefe".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                    .of("what do ya want for nothing?")))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void proofsHoldWithoutSaltAndData() {
    assertThat(ids.check()).isEmpty();
    assertThat(ids.forgotten()).hasSize(4).isSorted();
    assertThat(ids.before().size()).isEqualTo(60);
    assertThat(ids.after().size()).isEqualTo(56);
  }

  @Test
  void saltAndDataAreRecognised() {
    assertThat(ids.check(SALT)).isEmpty();
    assertThat(ids.positions(SALT, new Some(ROWS, -1, -1))).isEqualTo(FORGET);
    assertThat(ids.check(SALT, new Some(ROWS, -1, -1))).isEmpty();
    byte[] other = SALT.clone();
    other[5] = 1;
    assertThat(ids.check(other)).singleElement().asString().startsWith("salt: its SHA-256 is");
    assertThat(ids.check(SALT, new Some(ROWS, 30, -1)))
        .hasSize(2)
        .allMatch(line -> line.startsWith("data: the root of its rows"));
    assertThat(ids.check(SALT, new Some(59, -1, -1)))
        .containsExactly("data: 3 of the 4 forgotten ids are among its 59 rows");
  }

  @Test
  void contentsAreBound() {
    assertThat(ids.check(SALT, new Some(ROWS, -1, 30)))
        .hasSize(2)
        .allMatch(line -> line.startsWith("data: the root of its rows"));
    // row 7 is forgotten: it is in the tree before alone, and after it is as if it were not there
    assertThat(ids.check(SALT, new Some(ROWS, -1, 7)))
        .hasSize(2)
        .first()
        .isEqualTo(
            "data: 1 of the 4 forgotten rows have other contents than those that were certified");
  }

  /**
   * The leaf of a row is HMAC(id) and HMAC(length of the id, id, content): worked with its parts.
   */
  @Test
  void aLeafIsTheHashOfTheIdAndThatOfTheRow() {
    Hashes.Salted salted = new Hashes.Salted(SALT);
    String id = Hashes.hex(salted.of("row 7"));
    byte[] whole = "\0\0\0\5row 7a".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    String row =
        Hashes.hex(salted.of(new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1)));
    assertThat(ids.presence().leaves())
        .filteredOn(leaf -> leaf.id().equals(id))
        .singleElement()
        .extracting(ProofText.LeafText::row)
        .isEqualTo(row);
  }

  /** Every digit of every hash and every number, one at a time: the proofs hold no more. */
  @Test
  void noDigitOfTheProofsMayChange() throws JsonProcessingException {
    String text = StrictJson.MAPPER.writeValueAsString(ids);
    Matcher digits = Pattern.compile("(?<=[0-9a-f\":])[0-9a-f](?=[0-9a-f\",}])").matcher(text);
    Random random = new Random(9);
    int changed = 0;
    int end = text.indexOf("\"before\""); // in front of it is the salt's hash, which data need
    while (digits.find()) {
      if (digits.start() < end || random.nextInt(8) != 0) {
        continue;
      }
      char old = text.charAt(digits.start());
      char now = old == '9' ? '8' : old == 'f' ? 'e' : (char) (old + 1);
      String other = text.substring(0, digits.start()) + now + text.substring(digits.end());
      ForgottenIds wrong;
      try {
        wrong = StrictJson.MAPPER.readValue(other, ForgottenIds.class);
      } catch (JsonProcessingException e) {
        continue; // a letter of a field's name
      }
      assertThat(wrong.check()).as(other).isNotEmpty();
      changed++;
    }
    assertThat(changed).isGreaterThan(100);
  }

  /** A tree after that was invented fits itself: only who has salt and data finds it out. */
  @Test
  void anInventedTreeAfterIsFoundByTheDataAlone() {
    ForgottenIds.Rows invented =
        new ForgottenIds.Rows() {
          @Override
          public int size() {
            return ROWS;
          }

          @Override
          public String id(int row) {
            boolean forgotten = java.util.Arrays.binarySearch(FORGET, row) >= 0;
            return (forgotten ? "row " : "nobody ") + row;
          }

          @Override
          public byte[] content(int row) {
            return new byte[0];
          }
        };
    ForgottenIds other = ForgottenIds.of(SALT, invented, FORGET);
    ForgottenIds lie =
        new ForgottenIds(
            ids.saltSha256(),
            ids.before(),
            other.after(),
            ids.forgotten(),
            ids.presence(),
            other.absence());
    assertThat(lie.check()).isEmpty();
    assertThat(lie.check(SALT, new Some(ROWS, -1, -1)))
        .singleElement()
        .asString()
        .startsWith("data: the root of its rows after is " + ids.after().root());
  }

  /** Who claims that a retained id was forgotten finds no neighbours that enclose it. */
  @Test
  void aRetainedIdCannotBeDeclaredForgotten() {
    String retained = HexFormat.of().formatHex(new Hashes.Salted(SALT).of("row 20"));
    ForgottenIds lie =
        new ForgottenIds(
            ids.saltSha256(),
            ids.before(),
            ids.after(),
            List.of(
                ids.forgotten().get(0), ids.forgotten().get(1), ids.forgotten().get(2), retained),
            ids.presence(),
            ids.absence());
    assertThat(lie.check())
        .containsExactly(
            "id " + retained + ": not shown to be in the training data before",
            "id " + retained + ": not shown to be absent after");
  }
}
