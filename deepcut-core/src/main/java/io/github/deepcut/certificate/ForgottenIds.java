package io.github.deepcut.certificate;

import io.github.deepcut.provenance.Hashes;
import io.github.deepcut.provenance.MerkleProof;
import io.github.deepcut.provenance.MerkleTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Which ids were forgotten, without telling them: HMAC-SHA-256 of each under a secret salt, and the
 * Merkle trees over these hashes of all ids before and of those retained.
 *
 * @param saltSha256 binds the certificate to the salt, which is not in it
 * @param before the tree over all ids of the training data
 * @param after the tree over the ids that are retained
 * @param forgotten the hashes of the forgotten ids, ascending
 * @param presence that they are in the tree before
 * @param absence that they are not in the tree after
 */
public record ForgottenIds(
    String saltSha256,
    Root before,
    Root after,
    List<String> forgotten,
    ProofText presence,
    ProofText absence) {
  public ForgottenIds {
    Objects.requireNonNull(saltSha256, "salt_sha256");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(presence, "presence");
    Objects.requireNonNull(absence, "absence");
    forgotten = List.copyOf(forgotten);
  }

  /**
   * A tree in two words.
   *
   * @param size its leaves
   * @param root in hexadecimal
   */
  public record Root(int size, String root) {
    static Root of(MerkleProof proof) {
      return new Root(proof.size(), Hashes.hex(proof.root()));
    }
  }

  /**
   * Hashes ids and proves.
   *
   * @param rows how many examples there were
   * @param idOf the id of each
   * @param forget the positions of those forgotten
   */
  public static ForgottenIds of(byte[] salt, int rows, IntFunction<String> idOf, int[] forget) {
    byte[][] all = hashes(salt, rows, idOf);
    byte[][] gone = Arrays.stream(forget).mapToObj(i -> all[i]).toArray(byte[][]::new);
    MerkleTree before = MerkleTree.of(all);
    MerkleProof presence = before.presence(gone);
    MerkleProof absence = before.without(gone).absence(gone);
    return new ForgottenIds(
        Hashes.hex(Hashes.of(salt)),
        Root.of(presence),
        Root.of(absence),
        Arrays.stream(gone).map(Hashes::hex).sorted().toList(),
        ProofText.of(presence),
        ProofText.of(absence));
  }

  private static byte[][] hashes(byte[] salt, int rows, IntFunction<String> idOf) {
    Hashes.Salted salted = new Hashes.Salted(salt);
    byte[][] hashes = new byte[rows][];
    for (int i = 0; i < rows; i++) {
      hashes[i] = salted.of(idOf.apply(i));
    }
    return hashes;
  }

  /** What is wrong with the proofs, a line each; they need neither salt nor data. */
  public List<String> check() {
    List<String> wrong = new ArrayList<>();
    if (before.size() - forgotten.size() != after.size()) {
      wrong.add(
          "ids: %d before less %d forgotten are not the %d after"
              .formatted(before.size(), forgotten.size(), after.size()));
    }
    MerkleProof shown = presence.proof("presence", before, wrong);
    MerkleProof excluded = absence.proof("absence", after, wrong);
    for (String hash : forgotten) {
      try {
        byte[] value = Hashes.parse(hash);
        if (shown != null && !shown.shows(value)) {
          wrong.add("id " + hash + ": not shown to be in the training data before");
        }
        if (excluded != null && !excluded.excludes(value)) {
          wrong.add("id " + hash + ": not shown to be absent after");
        }
      } catch (IllegalArgumentException e) {
        wrong.add("id: " + e.getMessage());
      }
    }
    return wrong;
  }

  /** What is wrong with the salt, at most a line. */
  public List<String> check(byte[] salt) {
    String found = Hashes.hex(Hashes.of(salt));
    return found.equals(saltSha256)
        ? List.of()
        : List.of("salt: its SHA-256 is " + found + ", the certificate says " + saltSha256);
  }

  /** The positions of the forgotten among {@code rows} examples of these ids. */
  public int[] positions(byte[] salt, int rows, IntFunction<String> idOf) {
    byte[][] all = hashes(salt, rows, idOf);
    var wanted = new java.util.HashSet<>(forgotten);
    return IntStream.range(0, rows).filter(i -> wanted.contains(Hashes.hex(all[i]))).toArray();
  }

  /** What of the trees does not fit these training data, a line each. */
  public List<String> check(byte[] salt, int rows, IntFunction<String> idOf) {
    int[] found = positions(salt, rows, idOf);
    if (found.length != forgotten.size() || rows == found.length) {
      return List.of(
          "data: %d of the %d forgotten ids are among its %d examples"
              .formatted(found.length, forgotten.size(), rows));
    }
    BitSet gone = new BitSet();
    Arrays.stream(found).forEach(gone::set);
    ForgottenIds here = of(salt, rows, idOf, gone.stream().toArray());
    List<String> wrong = new ArrayList<>();
    differ(wrong, "before", here.before, before);
    differ(wrong, "after", here.after, after);
    return wrong;
  }

  private static void differ(List<String> wrong, String when, Root here, Root there) {
    if (!here.equals(there)) {
      wrong.add(
          "data: the root of its ids %s is %s of %d, the certificate says %s of %d"
              .formatted(when, here.root(), here.size(), there.root(), there.size()));
    }
  }
}
