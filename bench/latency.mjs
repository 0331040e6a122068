// Latencies gathered into a histogram: millions of samples cost one increment each.

const BUCKETS_PER_MS = 20;
const LONGEST_MS = 20_000;

export class Latency {
  count = 0;
  worst = 0;
  #buckets = new Uint32Array(LONGEST_MS * BUCKETS_PER_MS + 1);

  /** @param {number} ms */
  add(ms) {
    this.count += 1;
    if (ms > this.worst) this.worst = ms;
    const bucket = Math.min(this.#buckets.length - 1, Math.max(0, Math.ceil(ms * BUCKETS_PER_MS)));
    this.#buckets[bucket] = /** @type {number} */ (this.#buckets[bucket]) + 1;
  }

  /** The upper edge of the bucket that holds this share of the samples. @param {number} share */
  at(share) {
    let left = Math.ceil(this.count * share);
    for (let i = 0; i < this.#buckets.length; i += 1) {
      left -= /** @type {number} */ (this.#buckets[i]);
      if (left <= 0) return i / BUCKETS_PER_MS;
    }
    return LONGEST_MS;
  }

  summary() {
    if (this.count === 0) return { count: 0, p50: 0, p95: 0, p99: 0, worst: 0 };
    return {
      count: this.count,
      p50: this.at(0.5),
      p95: this.at(0.95),
      p99: this.at(0.99),
      worst: Math.round(this.worst * 100) / 100,
    };
  }
}
