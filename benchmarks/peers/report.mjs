// Results as text: a line each while they come, and the table that the README shows.
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
  pair: ({ times }) => [`one ${milliseconds(times.one)}, two at once ${milliseconds(times.two)}, ratio ${ratio(times.two, times.one)}`],
};

/** One line of a result. */
export function lineOf(measurement, result) {
  const head = [measurement, result.model, result.threads ? threadCount(result.threads) : ''].filter(Boolean).join(', ');
  return `${head}: ${lines[measurement](result).join('; ')}`;
}
