package io.github.deepcut.certificate;

import io.github.deepcut.provenance.Hashes;
import io.github.deepcut.provenance.MerkleProof;
import java.util.List;

/**
 * A {@link MerkleProof} as JSON has it, hashes in hexadecimal.
 *
 * @param leaves those shown, ascending
 * @param nodes roots of the largest subtrees without one of them, from left to right
 */
public record ProofText(List<LeafText> leaves, List<String> nodes) {
  /** A leaf: its place from 0, the hash of its id, and that of its row. */
  public record LeafText(int index, String id, String row) {
    static LeafText of(MerkleProof.Leaf leaf) {
      String both = Hashes.hex(leaf.value());
      int half = both.length() / 2;
      return new LeafText(leaf.index(), both.substring(0, half), both.substring(half));
    }

    MerkleProof.Leaf leaf() {
      return new MerkleProof.Leaf(index, ForgottenIds.leaf(Hashes.parse(id), Hashes.parse(row)));
    }
  }

  public ProofText {
    leaves = List.copyOf(leaves);
    nodes = List.copyOf(nodes);
  }

  static ProofText of(MerkleProof proof) {
    return new ProofText(
        proof.leaves().stream().map(LeafText::of).toList(),
        proof.nodes().stream().map(Hashes::hex).toList());
  }

  /** The proof, if the root follows from it; else null, and a line in {@code wrong}. */
  MerkleProof proof(String name, ForgottenIds.Root tree, List<String> wrong) {
    try {
      MerkleProof proof =
          new MerkleProof(
              tree.size(),
              leaves.stream().map(LeafText::leaf).toList(),
              nodes.stream().map(Hashes::parse).toList());
      String root = Hashes.hex(proof.root());
      if (root.equals(tree.root())) {
        return proof;
      }
      wrong.add("%s proof: gives the root %s, expected %s".formatted(name, root, tree.root()));
    } catch (IllegalArgumentException e) {
      wrong.add(name + " proof: " + e.getMessage());
    }
    return null;
  }
}
