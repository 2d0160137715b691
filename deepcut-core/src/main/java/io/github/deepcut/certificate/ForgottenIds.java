package io.github.deepcut.certificate;

import io.github.deepcut.provenance.Hashes;
import io.github.deepcut.provenance.MerkleProof;
import io.github.deepcut.provenance.MerkleTree;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which rows were forgotten, without telling them: HMAC-SHA-256 of their ids under a secret salt,
 * and the Merkle trees over all rows before and over those retained. A leaf is the hash of a row's
 * id, by which the tree is sorted, and the hash of the id with the row's content.
 *
 * @param saltSha256 binds the certificate to the salt, which is not in it
 * @param before the tree over all rows of the training data
 * @param after the tree over the rows that are retained
 * @param forgotten the hashes of the forgotten ids, ascending
 * @param presence that they are in the tree before, and with what contents
 * @param absence that they are not in the tree after
 */
public record ForgottenIds(
    String saltSha256,
    Root before,
    Root after,
    List<String> forgotten,
    ProofText presence,
    ProofText absence) {
  private static final int AT_ONCE = 4096;

  public ForgottenIds {
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

  /** Training data; asked by several threads at once. */
  public interface Rows {
    int size();

    String id(int row);

    /** All of a row but its id, as bytes that no other content has. */
    byte[] content(int row);
  }

  /** Hashes rows and proves; {@code forget} holds the positions of those forgotten. */
  public static ForgottenIds of(byte[] salt, Rows rows, int[] forget) {
    byte[][] all = leaves(salt, rows);
    byte[][] gone = Arrays.stream(forget).mapToObj(i -> all[i]).toArray(byte[][]::new);
    MerkleTree before = MerkleTree.of(all);
    MerkleProof presence = before.presence(gone);
    MerkleProof absence = before.without(gone).absence(gone);
    return new ForgottenIds(
        Hashes.hex(Hashes.of(salt)),
        Root.of(presence),
        Root.of(absence),
        Arrays.stream(gone).map(ForgottenIds::id).sorted().toList(),
        ProofText.of(presence),
        ProofText.of(absence));
  }

  private static byte[][] leaves(byte[] salt, Rows rows) {
    byte[][] leaves = new byte[rows.size()][];
    IntStream.rangeClosed(0, (rows.size() - 1) / AT_ONCE)
        .parallel()
        .forEach(
            part -> {
              Hashes.Salted salted = new Hashes.Salted(salt);
              int end = (int) Math.min(rows.size(), (part + 1L) * AT_ONCE);
              for (int i = part * AT_ONCE; i < end; i++) {
                String id = rows.id(i);
                leaves[i] = leaf(salted.of(id), salted.of(id, rows.content(i)));
              }
            });
    return leaves;
  }

  static byte[] leaf(byte[] id, byte[] row) {
    return ByteBuffer.allocate(2 * Hashes.BYTES).put(id).put(row).array();
  }

  private static String id(byte[] leaf) {
    return Hashes.hex(Arrays.copyOf(leaf, Hashes.BYTES));
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
    String last = "";
    for (String hash : forgotten) {
      if (hash.compareTo(last) <= 0) {
        wrong.add("id " + hash + ": stands behind " + last + ", expected each once, ascending");
      }
      last = hash;
      byte[] key = Hashes.parse(hash);
      if (shown != null && !shown.shows(key)) {
        wrong.add("id " + hash + ": not shown to be in the training data before");
      }
      if (excluded != null && !excluded.excludes(key)) {
        wrong.add("id " + hash + ": not shown to be absent after");
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

  /** The positions of the forgotten among rows of these ids. */
  public int[] positions(byte[] salt, Rows rows) {
    Set<String> wanted = new HashSet<>(forgotten);
    Hashes.Salted salted = new Hashes.Salted(salt);
    return IntStream.range(0, rows.size())
        .filter(i -> wanted.contains(Hashes.hex(salted.of(rows.id(i)))))
        .toArray();
  }

  /** What of the trees does not fit these training data, a line each. */
  public List<String> check(byte[] salt, Rows rows) {
    int[] found = positions(salt, rows);
    if (found.length != forgotten.size() || rows.size() == found.length) {
      return List.of(
          "data: %d of the %d forgotten ids are among its %d rows"
              .formatted(found.length, forgotten.size(), rows.size()));
    }
    ForgottenIds here = of(salt, rows, found);
    List<String> wrong = new ArrayList<>();
    long changed = changed(here);
    if (changed > 0) {
      wrong.add(
          "data: %d of the %d forgotten rows have other contents than those that were certified"
              .formatted(changed, forgotten.size()));
    }
    differ(wrong, "before", here.before, before);
    differ(wrong, "after", here.after, after);
    return wrong;
  }

  /** How many of the forgotten rows have another content there. */
  private long changed(ForgottenIds there) {
    Map<String, String> rows =
        presence.leaves().stream()
            .collect(
                Collectors.toMap(ProofText.LeafText::id, ProofText.LeafText::row, (a, b) -> a));
    return there.presence.leaves().stream().filter(l -> !l.row().equals(rows.get(l.id()))).count();
  }

  private static void differ(List<String> wrong, String when, Root here, Root there) {
    if (!here.equals(there)) {
      wrong.add(
          "data: the root of its rows %s is %s of %d, the certificate says %s of %d"
              .formatted(when, here.root(), here.size(), there.root(), there.size()));
    }
  }
}
