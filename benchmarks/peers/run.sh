#!/usr/bin/env bash
# Measures Akimbo beside ONNX Runtime and PyTorch on the same exported models with random weights, all run by turns:
#   run.sh [--models A,B] [--threads 1,2] [--rounds N] [--peers onnxruntime,pytorch] [--measure speed,busy,memory,batch,pair,training]
#          [--json FILE] [--readme]
# --readme puts the tables into README.md and docs/bench.md.
# Installs what it needs: ONNX Runtime by npm, PyTorch as the Debian packages python3-torch and python3-onnx where it may.
# AKIMBO_SIMD=256 or 128 forces narrower vectors on Akimbo alone.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
source "$root/scripts/setup.sh"
find_dotnet
[[ -d $here/node_modules/onnxruntime-node ]] || npm --prefix "$here" ci --silent

# Debian's Python, which its packages belong to, rather than another one on the PATH.
export AKIMBO_PYTHON=/usr/bin/python3
arguments=("$@")
if [[ " $* " != *' --peers '* ]] && ! "$AKIMBO_PYTHON" -c 'import onnx, torch' 2> /dev/null; then
  as_root=()
  if ((EUID != 0)); then as_root=(sudo -n); fi
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-torch python3-onnx > /dev/null 2>&1; then
    say 'PyTorch is left out; install it with: sudo apt-get install python3-torch python3-onnx'
    arguments+=(--peers onnxruntime)
  fi
fi

log=$(dotnet build "$root/benchmarks/Akimbo.Benchmarks" --configuration Release -nologo -v quiet) || { echo "$log" >&2; exit 1; }
export AKIMBO_BENCHMARKS=$root/benchmarks/Akimbo.Benchmarks/bin/Release/net10.0/Akimbo.Benchmarks

# The models of the table, and the sizes of their inputs: columns x rows.
declare -A sizes=([hrnet-w32]=192x256 [hourglass-2]=256x256 [hourglass-8]=256x256 [lite-pose]=640x448)
folder=$root/artifacts/peers
mkdir -p "$folder"
for model in "${!sizes[@]}"; do
  [[ -f $folder/$model.input-8.safetensors ]] || "$AKIMBO_BENCHMARKS" prepare "$model" "${sizes[$model]}" "$folder"
done

node "$here/compare.mjs" "$folder" "${arguments[@]}"
