package io.github.deepcut.model.transformer;

import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * (QK' + Q Kr[δ]' + K Qr[δ]') / sqrt(d·t), Kr and Qr of the table of relative positions, δ the
 * bucket of the distance, t how many terms there are (arXiv 2006.03654, Eq. 4).
 */
record Disentangled(EncoderConfig config, DebertaV2 its, Scores plain, Weights weights)
    implements Scores {
  /** Of relative positions (2 span, H). */
  static final String TABLE = "encoder.rel_embeddings";

  /** The norm of that table. */
  static final String NORM = "encoder.LayerNorm";

  @Override
  public Tensor of(String layer, Tensor queries, Tensor keys, TextBatch batch) {
    Scalar scale = new Scalar(its.scale(config));
    Tensor scores = plain.of(layer, queries, keys, batch); // (B, h, T, T)
    Tensor distance = bucket(Heads.distances(batch, queries)); // (T, T)
    String self = layer + "attention.self.";
    Tensor table = table(); // (2 span, H)
    if (its.content()) {
      Tensor kr = heads(table, self + (its.shared() ? "key_proj" : "pos_key_proj"));
      Tensor by = torch.matmul(queries, kr.transpose(-1, -2)); // (B, h, T, 2 span)
      scores = scores.add(by.gather(3, index(distance, by)).mul(scale));
    }
    if (its.place()) {
      Tensor qr = heads(table, self + (its.shared() ? "query_proj" : "pos_query_proj"));
      Tensor by = torch.matmul(keys, qr.transpose(-1, -2)); // (B, h, T, 2 span)
      Tensor gathered = by.gather(3, index(distance.neg(), by)).transpose(-1, -2);
      scores = scores.add(gathered.mul(scale));
    }
    return scores;
  }

  private Tensor table() {
    Tensor table = weights.get(TABLE + ".weight");
    return its.normed() ? Linear.norm(weights, NORM, table, config.epsilon()) : table;
  }

  /** The table of positions under a projection, by heads (h, 2 span, d). */
  private Tensor heads(Tensor table, String projection) {
    int h = config.heads();
    return Linear.of(weights, projection, table)
        .view(2L * its.span(), h, config.hidden() / h)
        .transpose(0, 1);
  }

  private Tensor index(Tensor distance, Tensor like) {
    Tensor at = distance.add(new Scalar(its.span()));
    return at.clamp_min(new Scalar(0))
        .clamp_max(new Scalar(2 * its.span() - 1))
        .view(1, 1, at.size(0), at.size(1))
        .expand(like.size(0), like.size(1), at.size(0), at.size(1));
  }

  /** Distances (T, T) as they are up to half of the buckets, beyond that by their logarithm. */
  private Tensor bucket(Tensor distance) {
    if (its.buckets() == 0) {
      return distance;
    }
    int mid = its.buckets() / 2;
    Tensor size = distance.abs();
    Tensor near = size.le(new Scalar(mid));
    Tensor log =
        size.clamp_min(new Scalar(mid))
            .to(torch.ScalarType.Float)
            .div(new Scalar(mid))
            .log()
            .div(new Scalar((float) Math.log((float) ((its.farthest() - 1.0) / mid))))
            .mul(new Scalar(mid - 1))
            .ceil()
            .add(new Scalar(mid))
            .to(torch.ScalarType.Long);
    return torch.where(near, distance, log.mul(distance.sign()));
  }
}
