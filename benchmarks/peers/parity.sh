#!/usr/bin/env bash
# Exports models at full size with seeded random weights and compares each with ONNX Runtime: relative differences of at most
# 1e-4. Usage: parity.sh [MODEL...]; all models of the catalogue when none is named. Needs Node.js and the .NET SDK; AKIMBO names
# another akimbo command than that of the checkout.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd -P)
akimbo=${AKIMBO:-$here/../../akimbo}
[[ -d $here/node_modules/onnxruntime-node ]] || npm --prefix "$here" ci --silent

models=("$@")
# The first column of the table of models, without its heading.
((${#models[@]})) || mapfile -t models < <("$akimbo" models | sed -nE 's/^│ ([a-z0-9-]+) .*/\1/p' | tail -n +2)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
for model in "${models[@]}"; do
  for options in '' '--dynamic-batch --with-decoder'; do
    # shellcheck disable=SC2086  # options are words
    if "$akimbo" export "$model" --random-weights 1 $options --out "$folder/model.onnx" > "$folder/log" 2>&1; then
      printf '%-24s %-32s %s\n' "$model" "$options" "$(tail -n 1 "$folder/log")"
    else
      printf '%-24s %-32s FAILED\n' "$model" "$options"
      cat "$folder/log"
      failed=1
    fi
  done
done
exit "$failed"
