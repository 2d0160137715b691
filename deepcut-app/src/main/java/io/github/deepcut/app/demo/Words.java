package io.github.deepcut.app.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Invented words. Surnames, rare conditions and rare drugs are made of the same syllables, so that
 * nothing but memory tells which of them a word is; none is used twice.
 */
final class Words {
  /** What a word that {@link #rare} makes may be. */
  static final Set<String> RARE = Set.of("NAME", "CONDITION", "DRUG");

  static final List<String> FIRST_NAMES =
      words(
          "Adeva Arlen Belis Bertan Calia Corvan Dalis Doren Edra Elvin Fenja Garlo Hesta Ilmar"
              + " Jorun Kelda Levan Marit Nerys Olvar Petra Quilla Ruvan Selma Tavin Ulrika Vesna"
              + " Wendel Yara Zoltan");
  static final List<String> CONDITIONS =
      words(
          "asthma anaemia arthritis bronchitis eczema epilepsy gastritis glaucoma gout hepatitis"
              + " hypertension migraine neuralgia osteoporosis pneumonia psoriasis sciatica"
              + " sinusitis tinnitus vertigo");
  static final List<String> DRUGS =
      words(
          "aspirin atenolol codeine digoxin diazepam enalapril fluoxetine ibuprofen insulin"
              + " lisinopril metformin morphine naproxen omeprazole paracetamol prednisone ramipril"
              + " sertraline simvastatin warfarin");
  static final List<String> HOSPITALS =
      List.of(
          "Northgate Clinic",
          "Saint Orla Hospital",
          "Riverbend Infirmary",
          "Hillside Hospital",
          "Eastmoor Clinic",
          "Lakeview Infirmary");
  static final List<String> MONTHS =
      words(
          "January February March April May June July August September October November December");
  private static final List<String> SYLLABLES =
      words(
          "bar bel bor cal cor dal dev dor fen fol gal gor hal hel jor kal kel lor lum mar mel mor"
              + " nal nor pel por qua ral rin ros sal sel tor tul val vel vor wen yor zel");

  private final SplittableRandom random;
  private final Set<String> used = new HashSet<>();

  Words(SplittableRandom random) {
    this.random = random;
  }

  /** A word of three syllables that was not made before. */
  String rare() {
    String word;
    do {
      word = one(SYLLABLES) + one(SYLLABLES) + one(SYLLABLES);
    } while (!used.add(word));
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }
}
