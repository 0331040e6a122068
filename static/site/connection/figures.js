// Figures and how they are written. Pure.

import { t } from "../../board/core/translate.js";

/** @param {readonly number[]} values @param {number} share from 0 to 1 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[at] ?? Number.NaN;
}

/** @param {readonly number[]} values */
export function median(values) {
  return percentile(values, 0.5);
}

/** @param {readonly number[]} values */
export function sum(values) {
  return values.reduce((all, value) => all + value, 0);
}

/** Numbers as readers of this language write them; their unit stays with them. @param {string} language */
export function writer(language) {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  /** @param {number} value */
  const number = (value) => (Math.abs(value) < 10 ? fine : whole).format(value);
  return {
    number,
    /** @param {number} ms */
    ms: (ms) => `${number(ms)}\u00a0ms`,
    /** @param {number} ms */
    seconds: (ms) => t("{count} s", { count: fine.format(ms / 1000) }).replace(" ", "\u00a0"),
    /** @param {number} bytes */
    bytes: (bytes) =>
      bytes < 10_000 ? `${whole.format(bytes)}\u00a0B` : `${fine.format(bytes / 1024)}\u00a0KiB`,
  };
}

/** @typedef {ReturnType<typeof writer>} Writer */
