// An engine in a process of its own that runs a model once for each line it is told: see `start`.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * Starts an engine. It prints `ready` and what it is, then answers each line of its standard input with one of its own:
 * `run` with the milliseconds of one run, `pair` with those of two at once, `outputs FILE` when it has written them.
 */
export async function start(command, args, env = {}) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exit = new Promise((resolve) => child.once('exit', resolve));
  const failure = new Promise((_, reject) => child.once('error', reject));
  const answer = async () => {
    const { value, done } = await Promise.race([lines.next(), failure]);
    if (done) throw new Error(`${[command, ...args].join(' ')} ended with exit code ${await exit}`);
    return value;
  };
  const ask = (line) => {
    child.stdin.write(`${line}\n`);
    return answer();
  };

  const [word, ...description] = (await answer()).split(' ');
  if (word !== 'ready') throw new Error(`${command} ${args[0]} said ${word}; expected ready`);
  return {
    description: description.join(' '),
    run: async () => Number(await ask('run')),
    pair: async () => Number(await ask('pair')),
    writeOutputs: (file) => ask(`outputs ${file}`),
    /** The most memory that the process has had resident, in MB of 10^6 bytes. */
    peakMemory: () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) * 1024 / 1e6,
    quit: async () => {
      child.stdin.end('quit\n');
      await exit;
    },
  };
}
