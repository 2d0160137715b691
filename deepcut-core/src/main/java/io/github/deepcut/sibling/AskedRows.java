package io.github.deepcut.sibling;

import io.github.deepcut.Erasure;
import io.github.deepcut.data.Dataset;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The rows of a request, by what they say.
 *
 * @param erasure the request
 * @param train keys of its training data
 * @param heldOut keys of D_v; none without it
 */
record AskedRows(Erasure erasure, List<ByteBuffer> train, List<ByteBuffer> heldOut) {
  static AskedRows of(Erasure erasure) {
    List<Dataset> heldOut = erasure.unseen().heldOut().stream().toList();
    return new AskedRows(
        erasure, RowKeys.of(List.of(erasure.split().data())).keys(), RowKeys.of(heldOut).keys());
  }
}
