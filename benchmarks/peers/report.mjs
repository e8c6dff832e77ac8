// Results as text: a line each while they come, and the tables of the README and the guide.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { titles } from './engines.mjs';

const milliseconds = ({ median, low, high }) => `${median.toFixed(1)} ms (${low.toFixed(1)}–${high.toFixed(1)})`;
const entries = (times) => Object.entries(times).map(([name, time]) => `${titles[name] ?? name} ${milliseconds(time)}`).join(', ');
const ratio = (a, b) => (a.median / b.median).toFixed(3);
const threadCount = (threads) => `${threads} thread${threads === 1 ? '' : 's'}`;

const lines = {
  speed: ({ times, differences }) => [
    entries(times),
    ...Object.keys(differences).map((name) => `Akimbo ÷ ${titles[name]} ${ratio(times.akimbo, times[name])} (of minima ${(times.akimbo.min / times[name].min).toFixed(3)}), difference ${differences[name].toExponential(1)}`),
  ],
  busy: ({ alone, disturbed }) => Object.keys(alone).map((name) =>
    `${titles[name]} with one core busy ${milliseconds(disturbed[name])}, one thread alone ${milliseconds(alone[name])}, ratio ${ratio(disturbed[name], alone[name])}`),
  memory: ({ peaks }) => [Object.entries(peaks).map(([name, peak]) => `${titles[name]} ${peak.toFixed(0)} MB`).join(', ')],
  batch: ({ times }) => Object.keys(titles).filter((name) => times[`${name} 8`]).map((name) =>
    `${titles[name]} 1 image ${milliseconds(times[`${name} 1`])}, 8 images ${milliseconds(times[`${name} 8`])}, throughput ${(8 / ratio(times[`${name} 8`], times[`${name} 1`])).toFixed(3)}`),
  training: ({ times, peaks }) => Object.keys(times).map((name) =>
    `${titles[name]} ${milliseconds(times[name])}, ${peaks[name].toFixed(0)} MB${name === 'akimbo' ? '' : `; Akimbo ÷ ${titles[name]} ${ratio(times.akimbo, times[name])}`}`),
  pair: ({ times }) => [`one ${milliseconds(times.one)}, two at once ${milliseconds(times.two)}, ratio ${ratio(times.two, times.one)}`],
};

/** One line of a result. */
export function lineOf(measurement, result) {
  const head = [measurement, result.model, result.threads ? threadCount(result.threads) : ''].filter(Boolean).join(', ');
  return `${head}: ${lines[measurement](result).join('; ')}`;
}

const row = (cells) => `| ${cells.join(' | ')} |`;

/** The table of speeds in Markdown, with what it was measured on. */
export function speedTable({ speed, processor, cores, rounds }) {
  const names = Object.keys(speed[0].times);
  const [ours, ...others] = names;
  const head = ['Network', 'Input', 'Threads', ...names.map((name) => titles[name]), ...others.map((name) => `${titles[ours]} ÷ ${titles[name]}`)];
  const rows = speed.map(({ model, threads, size, times }) => [
    `\`${model}\``, size, threads, ...names.map((name) => `${times[name].median.toFixed(1)} ms`), ...others.map((name) => ratio(times[ours], times[name])),
  ]);
  return [
    row(head),
    row(head.map((_, column) => (column < 2 ? '---' : '---:'))),
    ...rows.map(row),
    '',
    `One image, float32, random weights, medians of ${rounds} runs by turns on ${cores} cores of an ${processor}: ${Object.values(speed[0].versions).join('; ')}.`,
  ].join('\n');
}

/** The other measurements in Markdown, those there are. */
export function otherTables(results) {
  const measured = ['busy', 'memory', 'batch', 'pair', 'training'].filter((measurement) => results[measurement]);
  const rows = measured.flatMap((measurement) => results[measurement].map((result) => {
    const { model, threads } = result;
    return row([measurement, `\`${model}\`${threads ? `, ${threadCount(threads)}` : ''}`, lines[measurement](result).join('<br>')]);
  }));
  return [row(['`--measure`', 'Network', 'Medians and quartiles']), row(['---', '---', '---']), ...rows].join('\n');
}

/** Puts text between the lines `<!-- NAME … -->` and `<!-- end of NAME -->` of a file. */
export function paste(file, name, text) {
  const page = readFileSync(file, 'utf8');
  const parts = new RegExp(`^(.*<!-- ${name}[^\n]*-->\n).*(<!-- end of ${name} -->.*)$`, 's').exec(page);
  if (!parts) throw new Error(`${file} has no lines <!-- ${name} --> and <!-- end of ${name} -->`);
  writeFileSync(`${file}.tmp`, `${parts[1]}\n${text}\n\n${parts[2]}`);
  renameSync(`${file}.tmp`, file);
}
