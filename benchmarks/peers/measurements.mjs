// What is measured. Every number is of engines that run by turns, so that a busy moment of the machine meets all of them.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { engines, filesOf, trained, trainers } from './engines.mjs';
import { readTensors } from './safetensors.mjs';
import { largestDifference, summarise } from './statistics.mjs';

/** Threads of an engine that has just run look for work for a while and would disturb the next. */
const QUIET_MILLISECONDS = 100;

/** Relative differences that sound engines stay below. */
const TOLERANCE = 1e-4;

/** Runs each peer by turns; every timed run follows one that brings the peer's memory back into the caches. */
async function byTurns(peers, rounds, run = (peer) => peer.run()) {
  const times = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, peer] of Object.entries(peers)) {
      await pause(QUIET_MILLISECONDS);
      await run(peer);
      times[name].push(await run(peer));
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, summarise(all)]));
}

/** Starts the engines of the names given, hands them to `use`, and ends them. */
async function withPeers(names, files, threads, use, starters = engines) {
  const peers = {};
  try {
    for (const name of names) peers[name] = await starters[name](files, threads);
    return await use(peers);
  } finally {
    await Promise.all(Object.values(peers).map((peer) => peer.quit()));
  }
}

/** Columns × rows of the input. */
function sizeOf(folder, model) {
  const [, , height, width] = readTensors(filesOf(folder, model, 1).input).input.shape;
  return `${width}×${height}`;
}

async function checkOutputs(peers, folder, model) {
  const outputs = {};
  for (const [name, peer] of Object.entries(peers)) {
    const file = join(folder, `${model}.${name}.safetensors`);
    await peer.writeOutputs(file);
    outputs[name] = readTensors(file);
  }
  const [ours, ...others] = Object.keys(peers);
  const differences = Object.fromEntries(others.map((name) => [name, largestDifference(outputs[ours], outputs[name])]));
  for (const [name, difference] of Object.entries(differences)) {
    if (!(difference <= TOLERANCE)) throw new Error(`${model}: ${name} differs by ${difference.toExponential(1)}; at most ${TOLERANCE} is expected`);
  }
  return differences;
}

/** Milliseconds of one call with one image, all engines by turns; their outputs are compared first. */
export function speed({ folder, rounds, peers: names }, model, threads) {
  return withPeers(names, filesOf(folder, model, 1), threads, async (peers) => ({
    model,
    threads,
    size: sizeOf(folder, model),
    versions: Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, peer.description])),
    differences: await checkOutputs(peers, folder, model),
    times: await byTurns(peers, rounds),
  }));
}

/** The same call with two threads while another process keeps one of two cores busy, and with one thread while none does. */
export async function busy({ folder, rounds, peers: names }, model) {
  const files = filesOf(folder, model, 1);
  const alone = await withPeers(names, files, 1, (peers) => byTurns(peers, rounds));
  const disturbed = await withPeers(names, files, 2, async (peers) => {
    const disturber = spawn('taskset', ['-c', '1', 'sh', '-c', 'while :; do :; done'], { stdio: 'ignore' });
    try {
      return await byTurns(peers, rounds);
    } finally {
      disturber.kill();
    }
  });
  return { model, alone, disturbed };
}

/** The most resident memory, in MB, of a process that loads the model and runs it. */
export async function memory({ folder, peers: names }, model, threads) {
  const peaks = {};
  for (const name of names) {
    peaks[name] = await withPeers([name], filesOf(folder, model, 1), threads, async (peers) => {
      for (let i = 0; i < 3; i++) await peers[name].run();
      return peers[name].peakMemory();
    });
  }
  return { model, threads, peaks };
}

/** Milliseconds of a call with one image and of one with eight, by turns. */
export function batch({ folder, rounds, peers: names }, model, threads) {
  return withPeers(names, filesOf(folder, model, 1), threads, (ones) =>
    withPeers(names, filesOf(folder, model, 8), threads, async (eights) => {
      const named = (peers, suffix) => Object.entries(peers).map(([name, peer]) => [name + suffix, peer]);
      return { model, threads, times: await byTurns(Object.fromEntries([...named(ones, ' 1'), ...named(eights, ' 8')]), rounds) };
    }));
}

/** Milliseconds of one network in one thread, and of two in two threads of one process at once, by turns. */
export function pair({ folder, rounds }, model) {
  return withPeers(['akimbo'], filesOf(folder, model, 1), 1, async ({ akimbo }) => {
    await akimbo.pair();
    return { model, times: await byTurns({ one: { run: akimbo.run }, two: { run: akimbo.pair } }, rounds) };
  });
}

/** Milliseconds of a training step, engines by turns, and the most resident memory, in MB, of each meanwhile. */
export function training({ rounds, peers: names }, model, threads) {
  return withPeers(names.filter((name) => trainers[name]), trained[model], threads, async (peers) => {
    const times = await byTurns(peers, rounds);
    return { model, threads, times, peaks: Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, peer.peakMemory()])) };
  }, trainers);
}
