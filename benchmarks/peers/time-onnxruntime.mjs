// Runs an ONNX model in ONNX Runtime on its CPU when it is told to; the lines are those of peer.mjs.
// Usage: node time-onnxruntime.mjs MODEL.onnx INPUT.safetensors THREADS
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readTensors, writeTensors } from './safetensors.mjs';

const WARM_UP_RUNS = 3;

const [model, inputFile, threads] = process.argv.slice(2);
const session = await InferenceSession.create(model, {
  executionProviders: ['cpu'], intraOpNumThreads: Number(threads), interOpNumThreads: 1,
  executionMode: 'sequential', graphOptimizationLevel: 'all',
});
const { shape, data } = readTensors(inputFile).input;
const feeds = { input: new Tensor('float32', new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4), shape) };
for (let i = 0; i < WARM_UP_RUNS; i++) await session.run(feeds);

const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
console.log(`ready ONNX Runtime ${version}`);
for await (const line of createInterface({ input: process.stdin })) {
  const [command, file] = line.split(' ');
  if (command === 'quit') break;
  const start = performance.now();
  const results = await session.run(feeds);
  const milliseconds = performance.now() - start;
  if (command === 'outputs') {
    writeTensors(file, Object.fromEntries(session.outputNames.map((name) => {
      const { dims, data: values } = results[name];
      return [name, { dtype: 'F32', shape: dims, data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) }];
    })));
  }
  console.log(milliseconds.toFixed(4));
}
process.exit(0);
