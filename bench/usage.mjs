// What everything that is measured has used between two moments: ours, the generator, and the rest.

import { machineSeconds, ownCpuSeconds, treeCpuSeconds, waitSeconds } from "./proc.mjs";

/**
 * Processes by what they are together: `whiteboard`, and where there are such `postgres`, `redis`, `nginx`.
 * @typedef {Record<string, number[]>} Processes
 * @typedef {ReturnType<typeof take>} Moment
 */

/** @param {Processes} processes */
export function take(processes) {
  const whiteboard = processes.whiteboard ?? [];
  return {
    at: performance.now() / 1000,
    cpu: Object.fromEntries(
      Object.entries(processes).map(([name, pids]) => [name, pids.map(treeCpuSeconds)]),
    ),
    waited: whiteboard.map(waitSeconds),
    own: ownCpuSeconds(),
    machine: machineSeconds(),
  };
}

/** Shares of one core each. @param {Moment} before @param {Moment} after */
export function used(before, after) {
  const seconds = after.at - before.at;
  const each = Object.fromEntries(
    Object.entries(after.cpu).map(([name, now]) => [name, differences(before.cpu[name], now)]),
  );
  const shares = mapped(each, (some) => sum(some) / seconds);
  const generatorShare = (after.own - before.own) / seconds;
  const busyShare = (after.machine.busy - before.machine.busy) / seconds;
  const ours = sum(Object.values(shares)) + generatorShare;
  return {
    seconds,
    shares,
    busiest: mapped(each, (some) => Math.max(0, ...some) / seconds),
    serverShare: shares.whiteboard ?? 0,
    waitShare: Math.max(0, ...differences(before.waited, after.waited)) / seconds,
    generatorShare,
    busyShare,
    // Other programs on the machine: no run of ours, but they take its cores.
    othersShare: Math.max(0, busyShare - ours),
    stolenShare: (after.machine.stolen - before.machine.stolen) / seconds,
  };
}

/** Microseconds of CPU for each of `count` things; 0 where there were none. @param {Record<string, number>} shares @param {number} seconds @param {number} count */
export function costs(shares, seconds, count) {
  return mapped(shares, (share) => (count > 0 ? ((share * seconds) / count) * 1e6 : 0));
}

/** @param {number[] | undefined} before @param {number[]} after */
function differences(before, after) {
  return after.map((value, i) => value - (before?.[i] ?? 0));
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** @template T @param {Record<string, T>} record @param {(value: T) => number} change @returns {Record<string, number>} */
function mapped(record, change) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
