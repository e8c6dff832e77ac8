#!/usr/bin/env bash
# Trains the networks that come with the library: train-built-in.sh DATA FOLDER
# DATA has lspet/ (Leeds Sports Pose Extended), coco-people/ (COCO photos with person_keypoints_train.json) and litepose.pth, the
# published LitePose for CrowdPose, who teaches. FOLDER gets the runs, and the two models at the end. Interrupted runs go on.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)
[[ $# -eq 2 ]] || { echo 'usage: scripts/train-built-in.sh DATA FOLDER' >&2; exit 2; }
data=$(readlink -f "$1")
mkdir -p "$2"
cd "$2"
mkdir -p data
ln -sfn "$data/lspet" data/lspet
ln -sfn "$data/coco-people" data/coco-people
ln -sfn "$data/litepose.pth" data/litepose.pth

# train RUN RECIPE [ARGUMENT…]: a run from its beginning, or from where it was interrupted.
train() {
  local run=$1 recipe=$2
  shift 2
  if [[ -e $run/recipe.json ]]; then
    "$root/akimbo" train --resume "$run"
  else
    "$root/akimbo" train "$root/recipes/$recipe.json" "$@" --data data --out "$run"
  fi
}

mkdir -p data/labels
[[ -e data/labels/coco.json ]] || "$root/akimbo" data label data/coco-people/person_keypoints_train.json --weights data/litepose.pth --skeleton lsp14 --out data/labels/coco.json

finder() { train "$1" lite-pose-lspet "${@:2}"; }
small=(loss.heatmaps=10 data.side=192 data.validation=null averageDecay=null augmentation.mosaicProbability=0.2
  augmentation.color.channels=0.2 augmentation.color.brightness=0.1 augmentation.color.contrast=0.2)
forced=("${small[@]}" loss.teacher.isForced=true epochs=1 optimizer.learningRate=0.003)
finder finder-1 "${forced[@]}"
finder finder-2 "${forced[@]}" seed=2 data.training.last=5200 'data.additional=[{"path":"labels/coco.json","repeat":18}]' --weights finder-1/weights/last.safetensors
finder finder-3 "${small[@]}" seed=3 augmentation.spatial.zoom=1.75 optimizer.learningRate=0.0015 schedule.minimum=0.4 --weights finder-2/weights/last.safetensors
finder finder-4 seed=4 --weights finder-3/weights/last.safetensors
finder finder-5 seed=5 epochs=1 optimizer.learningRate=0.0006 --weights finder-4/weights/last.safetensors
finder finder-6 seed=6 optimizer.learningRate=0.0015 schedule.minimum=0.005 augmentation.mosaicProbability=0.3 \
  augmentation.color.channels=0.4 augmentation.color.brightness=0.2 augmentation.color.contrast=0.4 --weights finder-5/weights/last.safetensors
"$root/akimbo" convert finder-6/weights/last.safetensors --half --out lite-pose-lspet.akimbo

refiner() { train "$1" lite-pose-refiner-lspet "${@:2}"; }
on=('fresh=[]' augmentation.spatial.rotation=45 augmentation.spatial.shift=0.1)
refiner refiner-1 --weights finder-6/weights/last.safetensors
refiner refiner-2 "${on[@]}" seed=12 epochs=1 averageDecay=null schedule.minimum=0.9 --weights refiner-1/weights/last.safetensors
refiner refiner-3 "${on[@]}" seed=13 optimizer.learningRate=0.0011 schedule.minimum=0.1 --weights refiner-2/weights/last.safetensors
refiner refiner-4 "${on[@]}" seed=14 epochs=2 optimizer.learningRate=0.0003 --weights refiner-3/weights/last.safetensors
refiner refiner-5 'fresh=[]' seed=15 epochs=12 optimizer.learningRate=0.001 augmentation.spatial.rotation=30 augmentation.spatial.scale=0.25 \
  augmentation.spatial.shift=0.06 augmentation.spatial.halfBodyProbability=0.1 augmentation.color.channels=0.3 augmentation.color.brightness=0.15 \
  augmentation.color.contrast=0.3 --weights refiner-4/weights/last.safetensors
"$root/akimbo" convert refiner-5/weights/last.safetensors --half --out lite-pose-refiner-lspet.akimbo

sha256sum ./*.akimbo
