package io.github.deepcut.provenance;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A Merkle tree over values in ascending order (unsigned bytes), shaped and hashed as in RFC 6962,
 * section 2.1. The first 32 bytes of a value are its key, which comes once; what follows is bound
 * to it. A key that is not in the tree would stand between two neighbours; showing these two, with
 * their places, shows its absence.
 *
 * <pre>
 * root of n values = T(0, n)
 * T(i, i + 1)      = SHA-256(0x00 || value i)
 * T(i, j)          = SHA-256(0x01 || T(i, m) || T(m, j)),  m = i + greatest power of two &lt; j - i
 * </pre>
 *
 * <p>In memory are the values alone, each its bytes and some 20; inner nodes are computed when
 * needed.
 */
public final class MerkleTree {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  /** By the keys. */
  static final Comparator<byte[]> BY_KEY =
      (a, b) -> Arrays.compareUnsigned(a, 0, Hashes.BYTES, b, 0, Hashes.BYTES);

  private final byte[][] values;

  private MerkleTree(byte[][] sorted) {
    this.values = sorted;
  }

  /**
   * The tree over {@code values}, in whatever order they come.
   *
   * @throws IllegalArgumentException if there is none, one is shorter than a key, or a key comes
   *     twice
   */
  public static MerkleTree of(byte[][] values) {
    byte[][] sorted = values.clone();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("a tree needs at least one value");
    }
    for (byte[] value : sorted) {
      if (value.length < Hashes.BYTES) {
        throw new IllegalArgumentException(
            "value " + Hashes.hex(value) + ": expected a key of 32 bytes");
      }
    }
    Arrays.sort(sorted, BY_KEY);
    for (int i = 1; i < sorted.length; i++) {
      if (BY_KEY.compare(sorted[i - 1], sorted[i]) == 0) {
        throw new IllegalArgumentException(
            "value " + Hashes.hex(sorted[i]) + ": expected keys that come once");
      }
    }
    return new MerkleTree(sorted);
  }

  /** The same without some keys, all of which must be there. */
  public MerkleTree without(byte[][] gone) {
    boolean[] out = new boolean[values.length];
    for (byte[] value : gone) {
      out[requireIndex(value)] = true;
    }
    List<byte[]> rest = new ArrayList<>(values.length - gone.length);
    for (int i = 0; i < values.length; i++) {
      if (!out[i]) {
        rest.add(values[i]);
      }
    }
    return new MerkleTree(rest.toArray(byte[][]::new));
  }

  public int size() {
    return values.length;
  }

  public byte[] root() {
    return root(0, values.length, Hashes.sha256());
  }

  private byte[] root(int from, int to, MessageDigest digest) {
    if (to - from == 1) {
      return leaf(values[from], digest);
    }
    int middle = from + split(to - from);
    return node(root(from, middle, digest), root(middle, to, digest), digest);
  }

  /** A proof that all of these keys are in the tree, and of what is bound to them. */
  public MerkleProof presence(byte[][] present) {
    return proof(Arrays.stream(present).mapToInt(this::requireIndex).toArray());
  }

  /** A proof that none of these keys is in the tree: the neighbours of each. */
  public MerkleProof absence(byte[][] absent) {
    return proof(
        Arrays.stream(absent)
            .mapToInt(this::gap)
            .flatMap(i -> Arrays.stream(new int[] {i - 1, i}))
            .filter(i -> i >= 0 && i < values.length)
            .toArray());
  }

  private MerkleProof proof(int[] places) {
    int[] shown = Arrays.stream(places).sorted().distinct().toArray();
    List<MerkleProof.Leaf> leaves =
        Arrays.stream(shown).mapToObj(i -> new MerkleProof.Leaf(i, values[i])).toList();
    List<byte[]> nodes = new ArrayList<>();
    collect(new Walk(shown, nodes, Hashes.sha256()), 0, values.length);
    return new MerkleProof(values.length, leaves, nodes);
  }

  private record Walk(int[] shown, List<byte[]> nodes, MessageDigest digest) {
    boolean shows(int from, int to) {
      return before(shown, from) < before(shown, to);
    }
  }

  /** Adds the roots of the largest subtrees without a shown leaf, from left to right. */
  private void collect(Walk walk, int from, int to) {
    if (!walk.shows(from, to)) {
      walk.nodes.add(root(from, to, walk.digest));
    } else if (to - from > 1) {
      int middle = from + split(to - from);
      collect(walk, from, middle);
      collect(walk, middle, to);
    }
  }

  private static int before(int[] sorted, int limit) {
    int at = Arrays.binarySearch(sorted, limit);
    return at < 0 ? -at - 1 : at;
  }

  private int requireIndex(byte[] value) {
    int at = Arrays.binarySearch(values, value, BY_KEY);
    if (at < 0) {
      throw new IllegalArgumentException(Hashes.hex(value) + " is not in the tree");
    }
    return at;
  }

  /** Where an absent value would stand. */
  private int gap(byte[] value) {
    int at = Arrays.binarySearch(values, value, BY_KEY);
    if (at >= 0) {
      throw new IllegalArgumentException(Hashes.hex(value) + " is in the tree");
    }
    return -at - 1;
  }

  /** The hash of a leaf. */
  static byte[] leaf(byte[] value, MessageDigest digest) {
    digest.update(LEAF);
    return digest.digest(value);
  }

  /** The hash of an inner node. */
  static byte[] node(byte[] left, byte[] right, MessageDigest digest) {
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  /** How many of {@code n > 1} leaves are in the left subtree: the greatest power of two below. */
  static int split(int n) {
    return Integer.highestOneBit(n - 1);
  }
}
