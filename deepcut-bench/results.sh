#!/usr/bin/env bash
# Regenerates docs/results.md from the datasets under DEEPCUT_DATA. Models and finished runs are kept
# in DEEPCUT_BENCH_CACHE (default: deepcut-bench/target/results), so an interrupted run goes on. With
# DEEPCUT_ENCODER, the folder of a pretrained encoder, its rows come first.
# Arguments: the cases to run (default: random subject half-label entity). Last come all methods side by
# side, by three of the protocols.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd -P)"
: "${DEEPCUT_DATA:?names the folder of the datasets}"
cache="${DEEPCUT_BENCH_CACHE:-$home/deepcut-bench/target/results}"
cases="${*:-random subject half-label entity}"
cases="${cases// /,}"
mkdir -p "$cache"

(cd "$home" && mvn -q -B -DskipTests -Dspotless.check.skip=true \
  -pl deepcut-core,deepcut-app,deepcut-bench process-classes \
  org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile=target/class-path)
path="$home/deepcut-bench/target/classes:$home/deepcut-core/target/classes:$(cat "$home/deepcut-core/target/class-path")"

export OMP_NUM_THREADS=1 MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_ARENA_MAX=1
run() {
  java -Xmx1500m -XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxbytes=0 \
    -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Dorg.slf4j.simpleLogger.log.ai.djl=error \
    -cp "$path" "io.github.deepcut.bench.results.$1" "${@:2}"
}

caches=("$cache/small")
if [ -n "${DEEPCUT_ENCODER:-}" ]; then
  caches=("$cache/$(basename "$DEEPCUT_ENCODER")" "${caches[@]}")
  mkdir -p "${caches[0]}"
  ln -sfn "$(realpath "$DEEPCUT_ENCODER")" "${caches[0]}/encoder"
fi
for one in "${caches[@]}"; do
  mkdir -p "$one"
  for part in 0 1; do
    run TrainModels "$DEEPCUT_DATA" "$one" "$part" 2 all "$cases" &
  done
  wait
  rm -f "$one/targets.jsonl"
  run TargetErrors "$DEEPCUT_DATA" "$one" "$one/targets.jsonl" all "$cases"
  for part in 0 1; do
    run RunVariants "$DEEPCUT_DATA" "$one" "$one/runs-$part.jsonl" "$part" 2 all "$cases" &
  done
  wait
done
run ResultsTable "$home/deepcut-bench/results-head.md" "$home/docs/results.md" "${caches[@]}"

compared="$cache/methods.md"
cp "$home/deepcut-bench/results-methods.md" "$compared"
for run in "clinc150 --trials 3" ncbi-disease fashion-mnist-methods; do
  read -r protocol options <<< "$run"
  # shellcheck disable=SC2086
  "$home/deepcut-bench/protocols/$protocol.sh" "$cache/protocols/$protocol" $options
  printf '\n### %s\n\n`deepcut-bench/protocols/%s.sh DIR %s`\n\n' "$protocol" "$protocol" "$options" >> "$compared"
  cat "$cache/protocols/$protocol/grid/comparison.md" >> "$compared"
done
(echo && cat "$compared") >> "$home/docs/results.md"
