package io.github.deepcut.provenance;

import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;

/**
 * Some leaves of a {@link MerkleTree}, and what it takes to compute its root from them.
 *
 * <p>To check it, compute T(0, size) as the tree does, but where no shown leaf lies within [i, j),
 * take the next of {@code nodes} for T(i, j).
 *
 * @param size how many leaves the tree has
 * @param leaves those that are shown, ascending
 * @param nodes roots of the largest subtrees without a shown leaf, from left to right
 */
public record MerkleProof(int size, List<Leaf> leaves, List<byte[]> nodes) {
  /**
   * A leaf that is shown.
   *
   * @param index the leaf's place, from 0
   * @param value a key of 32 bytes, and what is bound to it
   */
  public record Leaf(int index, byte[] value) {}

  /**
   * Checks the form: leaves within the tree, ascending in place and in key.
   *
   * @throws IllegalArgumentException if it does not hold
   */
  public MerkleProof {
    leaves = List.copyOf(leaves);
    nodes = List.copyOf(nodes);
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf = leaves.get(i);
      boolean ascending =
          i == 0
              || (leaves.get(i - 1).index() < leaf.index()
                  && MerkleTree.BY_KEY.compare(leaves.get(i - 1).value(), leaf.value()) < 0);
      if (leaf.index() < 0 || leaf.index() >= size || !ascending) {
        throw new IllegalArgumentException(
            "leaf %d of %d: expected places from 0 to %d, and places and keys that ascend"
                .formatted(leaf.index(), size, size - 1));
      }
    }
  }

  /**
   * The root that follows.
   *
   * @throws IllegalArgumentException if there are too few or too many nodes
   */
  public byte[] root() {
    if (size < 1) {
      throw new IllegalArgumentException("size is " + size + ", expected 1 or more");
    }
    Walk walk = new Walk(nodes.iterator());
    byte[] root = walk.root(0, size);
    if (walk.rest.hasNext()) {
      throw new IllegalArgumentException("more nodes than the tree has");
    }
    return root;
  }

  private final class Walk {
    private final Iterator<byte[]> rest;
    private final MessageDigest digest = Hashes.sha256();
    private int next;

    Walk(Iterator<byte[]> rest) {
      this.rest = rest;
    }

    byte[] root(int from, int to) {
      if (next == leaves.size() || leaves.get(next).index() >= to) {
        if (!rest.hasNext()) {
          throw new IllegalArgumentException("fewer nodes than the tree has");
        }
        return rest.next();
      }
      if (to - from == 1) {
        return MerkleTree.leaf(leaves.get(next++).value(), digest);
      }
      int middle = from + MerkleTree.split(to - from);
      byte[] left = root(from, middle);
      return MerkleTree.node(left, root(middle, to), digest);
    }
  }

  /** Whether a leaf of this key is among those shown. */
  public boolean shows(byte[] key) {
    return find(key) >= 0;
  }

  /** Whether two leaves shown, or one at an end of the tree, leave no place for the key. */
  public boolean excludes(byte[] key) {
    int at = -find(key) - 1; // the first leaf above it
    if (at < 0) {
      return false;
    }
    int left = at == 0 ? -1 : leaves.get(at - 1).index();
    int right = at == leaves.size() ? size : leaves.get(at).index();
    return right - left == 1;
  }

  private int find(byte[] key) {
    int low = 0;
    int high = leaves.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (MerkleTree.BY_KEY.compare(leaves.get(middle).value(), key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    boolean there =
        low < leaves.size() && MerkleTree.BY_KEY.compare(leaves.get(low).value(), key) == 0;
    return there ? low : -low - 1;
  }
}
