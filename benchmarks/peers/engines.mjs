// The engines that are compared, and how each is started on a prepared model.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from './peer.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** What `Akimbo.Benchmarks prepare` wrote for a model. */
export function filesOf(folder, model, batch) {
  const file = (name) => join(folder, `${model}${name}`);
  return { akimbo: file('.akimbo'), onnx: file(batch === 1 ? '.onnx' : '.dynamic.onnx'), input: file(`.input-${batch}.safetensors`) };
}

/** Starters by the engines' names; AKIMBO_BENCHMARKS is the command that runs Akimbo.Benchmarks, AKIMBO_PYTHON a Python with PyTorch. */
export const engines = {
  akimbo: (files, threads) => start(process.env.AKIMBO_BENCHMARKS, ['time', files.akimbo, files.input, `${threads}`]),
  onnxruntime: (files, threads) => start('node', [join(here, 'time-onnxruntime.mjs'), files.onnx, files.input, `${threads}`]),
  pytorch: (files, threads) => start(process.env.AKIMBO_PYTHON ?? 'python3', [join(here, 'time-pytorch.py'), files.onnx, files.input, `${threads}`],
    { OMP_NUM_THREADS: `${threads}`, MKL_NUM_THREADS: `${threads}` }),
};

/** Starters of engines that take training steps, on the sizes of a network, in the order of `Akimbo.Benchmarks train`. */
export const trainers = {
  akimbo: (sizes, threads) => start(process.env.AKIMBO_BENCHMARKS, ['train', ...sizes, `${threads}`]),
  pytorch: (sizes, threads) => start(process.env.AKIMBO_PYTHON ?? 'python3', [join(here, 'time-training.py'), ...sizes, `${threads}`],
    { OMP_NUM_THREADS: `${threads}`, MKL_NUM_THREADS: `${threads}` }),
};

/** Stacks, side and batch of the models that are trained. */
export const trained = { 'hourglass-2': ['2', '256', '4'] };

export const titles = { akimbo: 'Akimbo', onnxruntime: 'ONNX Runtime', pytorch: 'PyTorch' };
