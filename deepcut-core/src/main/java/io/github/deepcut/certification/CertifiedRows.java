package io.github.deepcut.certification;

import io.github.deepcut.certificate.ForgottenIds;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.RowContent;

/**
 * Training data as the certificate hashes them; of a large file a row is read when it is asked.
 *
 * @param data all of them, forgotten and retained
 */
public record CertifiedRows(Dataset data) implements ForgottenIds.Rows {
  @Override
  public int size() {
    return data.size();
  }

  @Override
  public String id(int row) {
    return data.id(row);
  }

  @Override
  public byte[] content(int row) {
    return RowContent.of(data.examples().get(row));
  }
}
