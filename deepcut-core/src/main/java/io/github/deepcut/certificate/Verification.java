package io.github.deepcut.certificate;

import io.github.deepcut.provenance.Envelope;
import io.github.deepcut.provenance.PublicKeys;
import io.github.deepcut.run.FileErrors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks a certificate: offline, without libtorch.
 *
 * @param file the certificate
 * @param certificate what it says; null where its signature or its form is wrong
 * @param key the signer's; null likewise
 * @param differences what does not hold, a line each
 */
public record Verification(
    Path file, Certificate certificate, PublicKey key, List<String> differences) {
  public Verification {
    differences = List.copyOf(differences);
  }

  /**
   * Checks signature, key and proofs.
   *
   * @param trustedOrNull whose signature it must be; null: that of the key which it names itself
   */
  public static Verification of(Path file, PublicKey trustedOrNull) {
    try {
      Certificate certificate = Certificate.read(file);
      PublicKey key = key(certificate);
      List<String> wrong = signature(certificate, key, trustedOrNull);
      if (!wrong.isEmpty()) {
        return refused(file, wrong);
      }
      return new Verification(
          file, certificate, key, prefixed(file, certificate.predicate().ids().check()));
    } catch (IllegalArgumentException e) {
      return refused(file, List.of(String.valueOf(e.getMessage())));
    }
  }

  private static Verification refused(Path file, List<String> wrong) {
    return new Verification(file, null, null, prefixed(file, wrong));
  }

  private static List<String> prefixed(Path file, List<String> lines) {
    return lines.stream()
        .map(line -> file.getFileName() + ": " + FileErrors.oneLine(line))
        .toList();
  }

  private static PublicKey key(Certificate certificate) {
    String text = certificate.predicate().signer().publicKey();
    return PublicKeys.decode(Base64.getDecoder().decode(text));
  }

  private static List<String> signature(Certificate certificate, PublicKey key, PublicKey trusted) {
    String id = PublicKeys.id(key);
    List<Envelope.Signature> signatures = certificate.envelope().signatures();
    List<String> wrong = new ArrayList<>();
    if (signatures.size() != 1 || certificate.envelope().signers(List.of(key)).isEmpty()) {
      wrong.add("signature: it is not that of key " + id + " over this payload: one was changed");
    } else if (!id.equals(signatures.get(0).keyId())) {
      wrong.add("keyid: is " + signatures.get(0).keyId() + ", but the key's is " + id);
    } else if (!id.equals(certificate.predicate().signer().keyId())) {
      wrong.add("signer: key_id is not that of its public_key, " + id);
    } else if (trusted != null && !PublicKeys.id(trusted).equals(id)) {
      wrong.add(
          "signature: made by key %s, not by the key given, %s"
              .formatted(id, PublicKeys.id(trusted)));
    }
    return wrong;
  }

  /** Whether all that was looked at holds. */
  public boolean holds() {
    return differences.isEmpty();
  }

  /** With the files and tensors of the unlearned model checked. */
  public Verification model(Path folder) {
    return certificate == null ? this : folder(folder, certificate.after());
  }

  /** With those of the original checked. */
  public Verification original(Path folder) {
    return certificate == null ? this : folder(folder, certificate.before());
  }

  private Verification folder(Path folder, Map<String, String> expected) {
    FolderHashes found = FolderHashes.of(folder);
    List<String> wrong = new ArrayList<>(found.broken());
    Set<String> names = new TreeSet<>(expected.keySet());
    names.addAll(found.hashes().keySet());
    for (String name : names) {
      String here = found.hashes().get(name);
      String there = expected.get(name);
      if (here == null) {
        wrong.add(describe(folder, name) + ": is missing");
      } else if (there == null) {
        wrong.add(describe(folder, name) + ": the certificate knows no such thing");
      } else if (!here.equals(there)) {
        wrong.add(
            "%s: its SHA-256 is %s, the certificate says %s"
                .formatted(describe(folder, name), here, there));
      }
    }
    return and(wrong);
  }

  private static String describe(Path folder, String name) {
    int hash = name.indexOf(".safetensors#");
    if (hash < 0 || Files.exists(folder.resolve(name))) {
      return folder.resolve(name).toString();
    }
    int end = name.indexOf('#', hash);
    return folder.resolve(name.substring(0, end)) + ": tensor " + name.substring(end + 1);
  }

  /** With further differences. */
  public Verification and(List<String> more) {
    List<String> all = new ArrayList<>(differences);
    all.addAll(more);
    return new Verification(file, certificate, key, all);
  }
}
