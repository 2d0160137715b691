package io.github.deepcut.audit;

import java.util.Objects;

/**
 * A sample with its loss under one model.
 *
 * @param id the sample's id
 * @param stratum what it is to be matched by, such as its class; "" where there is nothing to match
 * @param loss its loss in evaluation mode, not NaN
 */
public record Scored(String id, String stratum, double loss) {
  public Scored {
    Objects.requireNonNull(stratum, "stratum");
    if (Double.isNaN(loss)) {
      throw new IllegalArgumentException("sample " + id + ": its loss is NaN");
    }
  }
}
