package io.github.deepcut.certificate;

import io.github.deepcut.provenance.Hashes;
import io.github.deepcut.provenance.MerkleProof;
import java.util.List;
import java.util.Objects;

/**
 * A {@link MerkleProof} as JSON has it, hashes in hexadecimal.
 *
 * @param leaves those shown, ascending
 * @param nodes roots of the largest subtrees without one of them, from left to right
 */
public record ProofText(List<LeafText> leaves, List<String> nodes) {
  /** A leaf: its place from 0, and its value. */
  public record LeafText(int index, String value) {
    public LeafText {
      Objects.requireNonNull(value, "value");
    }
  }

  public ProofText {
    leaves = List.copyOf(leaves);
    nodes = List.copyOf(nodes);
  }

  static ProofText of(MerkleProof proof) {
    return new ProofText(
        proof.leaves().stream().map(l -> new LeafText(l.index(), Hashes.hex(l.value()))).toList(),
        proof.nodes().stream().map(Hashes::hex).toList());
  }

  /** The proof, if the root follows from it; else null, and a line in {@code wrong}. */
  MerkleProof proof(String name, ForgottenIds.Root tree, List<String> wrong) {
    try {
      MerkleProof proof =
          new MerkleProof(
              tree.size(),
              leaves.stream()
                  .map(l -> new MerkleProof.Leaf(l.index(), Hashes.parse(l.value())))
                  .toList(),
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
