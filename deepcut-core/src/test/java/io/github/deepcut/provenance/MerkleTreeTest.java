package io.github.deepcut.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.provenance.MerkleProof.Leaf;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static final byte[] ZERO = {0};
  private static final byte[] ONE = {1};

  private static byte[][] values(int n, long seed) {
    Random random = new Random(seed);
    byte[][] values = new byte[n][32];
    Arrays.stream(values).forEach(random::nextBytes);
    return values;
  }

  private static byte[][] sorted(byte[][] values) {
    byte[][] sorted = values.clone();
    Arrays.sort(sorted, Arrays::compareUnsigned);
    return sorted;
  }

  /** RFC 6962, 2.1.3 draws the tree of seven: ((d0 d1) (d2 d3)) ((d4 d5) d6). */
  @Test
  void theTreeOfSevenIsThatOfTheRfc() {
    byte[][] values = values(7, 1);
    byte[][] d = Arrays.stream(sorted(values)).map(v -> Hashes.of(ZERO, v)).toArray(byte[][]::new);
    byte[] left = node(node(d[0], d[1]), node(d[2], d[3]));
    byte[] right = node(node(d[4], d[5]), d[6]);
    assertThat(MerkleTree.of(values).root()).isEqualTo(node(left, right));
  }

  private static byte[] node(byte[] left, byte[] right) {
    return Hashes.of(ONE, left, right);
  }

  @Test
  void theTreeOfOneIsItsLeaf() {
    byte[][] one = values(1, 2);
    assertThat(MerkleTree.of(one).root()).isEqualTo(Hashes.of(ZERO, one[0]));
  }

  @Test
  void emptyAndDoubleSetsAreRefused() {
    byte[][] two = values(2, 3);
    assertThatThrownBy(() -> MerkleTree.of(new byte[0][])).hasMessageContaining("at least one");
    assertThatThrownBy(() -> MerkleTree.of(new byte[][] {two[0], two[1], two[0]}))
        .hasMessageContaining("come once");
    assertThatThrownBy(() -> MerkleTree.of(new byte[][] {{1}})).hasMessageContaining("32 bytes");
    assertThatThrownBy(() -> MerkleTree.of(two).presence(values(1, 4)))
        .hasMessageContaining("not in the tree");
    assertThatThrownBy(() -> MerkleTree.of(two).absence(two)).hasMessageContaining("in the tree");
  }

  @Test
  void proofsHoldForEverySizeAndChoice() {
    Random random = new Random(5);
    for (int n = 1; n <= 70; n++) {
      byte[][] values = values(n + 3, n);
      MerkleTree tree = MerkleTree.of(Arrays.copyOf(values, n));
      byte[][] absent = Arrays.copyOfRange(values, n, n + 3);
      List<byte[]> shuffled = new ArrayList<>(List.of(Arrays.copyOf(values, n)));
      Collections.shuffle(shuffled, random);
      byte[][] present = shuffled.subList(0, random.nextInt(n + 1)).toArray(byte[][]::new);
      MerkleProof in = tree.presence(present);
      assertThat(in.root()).as("n = " + n).isEqualTo(tree.root());
      assertThat(List.of(present)).allMatch(in::shows);
      assertThat(List.of(absent)).noneMatch(in::shows);
      MerkleProof out = tree.absence(absent);
      assertThat(out.root()).as("n = " + n).isEqualTo(tree.root());
      assertThat(List.of(absent)).allMatch(out::excludes);
      assertThat(List.of(values).subList(0, n)).noneMatch(out::excludes);
    }
  }

  /** What follows a key is bound by the root, and does not make another key of it. */
  @Test
  void valuesAreBoundToTheirKeys() {
    byte[][] keys = values(5, 9);
    byte[][] bound = Arrays.stream(keys).map(k -> Arrays.copyOf(k, 40)).toArray(byte[][]::new);
    MerkleTree tree = MerkleTree.of(bound);
    MerkleProof proof = tree.presence(new byte[][] {keys[2]});
    assertThat(proof.root()).isEqualTo(tree.root());
    assertThat(proof.shows(keys[2])).isTrue();
    assertThat(proof.leaves().get(0).value()).isEqualTo(bound[2]);
    byte[] root = tree.root(); // before the leaves, which the tree does not copy, change
    byte[] once = bound[2].clone();
    bound[2][39] = 1;
    assertThat(MerkleTree.of(bound).root()).isNotEqualTo(root);
    assertThatThrownBy(() -> tree.absence(new byte[][] {keys[2]})).hasMessageContaining("in the");
    assertThatThrownBy(() -> MerkleTree.of(new byte[][] {once, bound[2]}))
        .hasMessageContaining("come once");
    assertThat(tree.without(new byte[][] {keys[2]}).absence(new byte[][] {keys[2]}))
        .matches(absence -> absence.excludes(bound[2]));
  }

  /** Leaves 0 and 2 of three enclose leaf 1, but are no neighbours; nor is one end the other. */
  @Test
  void onlyNeighboursExclude() {
    byte[][] three = sorted(values(3, 6));
    MerkleProof ends = MerkleTree.of(three).presence(new byte[][] {three[0], three[2]});
    assertThat(ends.excludes(three[1])).isFalse();
    byte[] below = new byte[32];
    byte[] above = new byte[32];
    Arrays.fill(above, (byte) 0xff);
    assertThat(ends.excludes(below)).isTrue();
    assertThat(ends.excludes(above)).isTrue();
    MerkleProof middle = MerkleTree.of(three).presence(new byte[][] {three[1]});
    assertThat(middle.excludes(below)).isFalse();
    assertThat(middle.excludes(above)).isFalse();
    assertThat(MerkleTree.of(three).presence(new byte[0][]).excludes(below)).isFalse();
  }

  @Test
  void everyChangedBitOfAProofChangesItsRoot() {
    byte[][] values = values(11, 7);
    MerkleTree tree = MerkleTree.of(values);
    MerkleProof proof = tree.presence(new byte[][] {values[0], values[4]});
    for (int bit = 0; bit < 256; bit++) {
      for (int k = 0; k < proof.nodes().size(); k++) {
        List<byte[]> nodes = new ArrayList<>(proof.nodes());
        nodes.set(k, flipped(nodes.get(k), bit));
        assertThat(new MerkleProof(11, proof.leaves(), nodes).root()).isNotEqualTo(tree.root());
      }
    }
  }

  private static byte[] flipped(byte[] value, int bit) {
    byte[] copy = value.clone();
    copy[bit / 8] ^= (byte) (1 << bit % 8);
    return copy;
  }

  @Test
  void illFormedProofsAreRefused() {
    byte[][] values = sorted(values(4, 8));
    MerkleProof good = MerkleTree.of(values).presence(new byte[][] {values[1]});
    List<byte[]> fewer = good.nodes().subList(1, good.nodes().size());
    List<byte[]> more = new ArrayList<>(good.nodes());
    more.add(values[0]);
    assertThatThrownBy(new MerkleProof(4, good.leaves(), fewer)::root)
        .hasMessageContaining("fewer");
    assertThatThrownBy(new MerkleProof(4, good.leaves(), more)::root).hasMessageContaining("more");
    assertThatThrownBy(new MerkleProof(0, List.of(), List.of())::root).hasMessageContaining("size");
    for (List<Leaf> wrong :
        List.of(
            List.of(new Leaf(4, values[0])),
            List.of(new Leaf(-1, values[0])),
            List.of(new Leaf(1, values[0]), new Leaf(1, values[1])),
            List.of(new Leaf(0, values[1]), new Leaf(1, values[0])))) {
      assertThatThrownBy(() -> new MerkleProof(4, wrong, List.of())).hasMessageContaining("ascend");
    }
  }

  @Test
  void aMillionIdsTakeSeconds() {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    Hashes.Salted salted = new Hashes.Salted(new byte[32]);
    byte[][] all =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> salted.of(Integer.toString(i)))
            .toArray(byte[][]::new);
    byte[][] gone = Arrays.copyOf(all, 100);
    MerkleTree before = MerkleTree.of(all);
    MerkleProof in = before.presence(gone);
    MerkleProof out = before.without(gone).absence(gone);
    assertThat(List.of(gone)).allMatch(in::shows).allMatch(out::excludes);
    // 100 of 1,000,000 leaves share the top of the tree: some 100 * log2(1,000,000 / 100) nodes.
    assertThat(in.nodes().size()).isBetween(1000, 1700);
    double seconds = (clock.getCurrentThreadCpuTime() - start) / 1e9;
    assertThat(seconds).as("seconds of processor time").isLessThan(20);
  }
}
