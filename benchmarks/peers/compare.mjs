// Measures Akimbo beside other engines on models that `Akimbo.Benchmarks prepare` wrote; run.sh calls it.
// Usage: node compare.mjs FOLDER [--models A,B] [--threads 1,2] [--rounds N] [--peers onnxruntime,pytorch]
//   [--measure speed,busy,memory,batch,pair,training] [--json FILE] [--readme]
import { writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { titles, trained } from './engines.mjs';
import * as measurements from './measurements.mjs';
import { lineOf, otherTables, paste, speedTable } from './report.mjs';

const { positionals: [folder], values } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: 'string', default: 'hrnet-w32,hourglass-2,hourglass-8,lite-pose' },
    threads: { type: 'string', default: '2,1' },
    rounds: { type: 'string', default: '21' },
    peers: { type: 'string', default: 'onnxruntime,pytorch' },
    measure: { type: 'string', default: 'speed' },
    json: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
});
const list = (text) => text.split(',').filter(Boolean);
const peers = ['akimbo', ...list(values.peers)];
for (const name of peers) if (!titles[name]) throw new Error(`--peers ${name} is none of ${Object.keys(titles).slice(1)}`);
for (const name of list(values.measure)) if (!measurements[name]) throw new Error(`--measure ${name} is none of ${Object.keys(measurements)}`);

const options = { folder, rounds: Number(values.rounds), peers };
const withOnnxRuntime = { ...options, peers: peers.filter((name) => name !== 'pytorch') };
const threads = list(values.threads).map(Number);
const results = { processor: cpus()[0].model, cores: cpus().length, system: release(), rounds: options.rounds, simd: process.env.AKIMBO_SIMD };
const plans = {
  speed: (model) => threads.map((count) => () => measurements.speed(options, model, count)),
  busy: (model) => [() => measurements.busy(withOnnxRuntime, model)],
  memory: (model) => [() => measurements.memory(withOnnxRuntime, model, Math.max(...threads))],
  batch: (model) => threads.map((count) => () => measurements.batch(withOnnxRuntime, model, count)),
  pair: (model) => [() => measurements.pair(options, model)],
  training: (model) => (trained[model] ? threads : []).map((count) => () => measurements.training(options, model, count)),
};

for (const measurement of list(values.measure)) {
  results[measurement] = [];
  for (const model of list(values.models)) {
    for (const measure of plans[measurement](model)) {
      const result = await measure();
      results[measurement].push(result);
      console.log(lineOf(measurement, result));
    }
  }
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
if (values.readme) {
  const page = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  if (results.speed) paste(page('README.md'), 'speed', speedTable(results));
  if (list(values.measure).some((name) => name !== 'speed')) paste(page('docs/bench.md'), 'measurements', otherTables(results));
}
