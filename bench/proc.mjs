// What a process has used, as the kernel counts it.

import { readFileSync } from "node:fs";

/** USER_HZ: the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Seconds of CPU, user and system, of all threads of a process. @param {number} pid */
export function cpuSeconds(pid) {
  const [user, system] = cpuTicks(pid);
  return (user + system) / TICKS_PER_SECOND;
}

/**
 * The same with all that it has started: children that run, and those that have ended.
 * @param {number} pid @returns {number}
 */
export function treeCpuSeconds(pid) {
  const ticks = cpuTicks(pid).reduce((sum, some) => sum + some, 0);
  return children(pid).reduce(
    (sum, child) => sum + childCpuSeconds(child),
    ticks / TICKS_PER_SECOND,
  );
}

/** @param {number} pid */
function childCpuSeconds(pid) {
  try {
    return treeCpuSeconds(pid);
  } catch (error) {
    // It has just ended, and counts with its parent from now on.
    if (isGone(error)) return 0;
    throw error;
  }
}

/** @param {unknown} error */
function isGone(error) {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return code === "ENOENT" || code === "ESRCH";
}

/** Its own time, user and system, then that of children that have ended. @param {number} pid @returns {[number, number, number, number]} */
function cpuTicks(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The command's name is in parentheses and may hold spaces: fields are counted behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [Number(fields[11]), Number(fields[12]), Number(fields[13]), Number(fields[14])];
}

/** Those that run. @param {number} pid @returns {number[]} */
function children(pid) {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return text ? text.split(" ").map(Number) : [];
}

/** Seconds of CPU that the whole machine has used, and what its host has kept from it. */
export function machineSeconds() {
  const line = readFileSync("/proc/stat", "utf8").split("\n", 1)[0] ?? "";
  const [user, nice, system, , , irq, softirq, stolen] = line
    .replace("cpu", "")
    .trim()
    .split(/ +/)
    .map((ticks) => Number(ticks) / TICKS_PER_SECOND);
  const sum = (/** @type {(number | undefined)[]} */ ...some) =>
    some.reduce((/** @type {number} */ total, each) => total + (each ?? 0), 0);
  return { busy: sum(user, nice, system, irq, softirq), stolen: stolen ?? 0 };
}

/** Seconds that a process's main thread could have run and another one had its core. @param {number} pid */
export function waitSeconds(pid) {
  const [, waited] = readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ");
  return Number(waited) / 1e9;
}

/** Bytes of memory that are really there. @param {number} pid */
export function residentBytes(pid) {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  if (!line) throw new Error(`no VmRSS for process ${pid}`);
  return Number(line[1]) * 1024;
}

/** Seconds of CPU of this generator. */
export function ownCpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
