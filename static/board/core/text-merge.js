// Two people's changes of one text put together: whatever either has written stays, whatever either has taken out
// goes. Pure.

/** Instead of what stood from `from` to `to` there is `text`. @typedef {{from: number, to: number, text: string}} Edit */

/** Beyond so many differences the middle of a text counts as one: exactness costs their square. */
const DIFFERENCES_MAX = 400;

/** What readers take for one character is never half of one and half of another. */
const segmenter =
  typeof Intl === "object" && "Segmenter" in Intl
    ? new Intl.Segmenter(undefined, { granularity: "grapheme" })
    : null;

/** @param {string} text */
function characters(text) {
  if (/^[\u0020-\u007e\n\uac00-\ud7a3]*$/.test(text)) return text.split("");
  return segmenter ? Array.from(segmenter.segment(text), ({ segment }) => segment) : [...text];
}

/** What both have made of a text. Where they have written at the same place one's own comes first: who goes on there goes on at the end of theirs. @param {string} base @param {string} own @param {string} theirs */
export function mergeTexts(base, own, theirs) {
  if (own === theirs || theirs === base) return own;
  if (own === base) return theirs;
  return applyBoth(base, editsBetween(base, theirs), editsBetween(base, own));
}

/** @param {string} base @param {readonly Edit[]} theirs @param {readonly Edit[]} own */
function applyBoth(base, theirs, own) {
  const same = (/** @type {Edit} */ a) => (/** @type {Edit} */ b) =>
    a.from === b.from && a.to === b.to && a.text === b.text;
  // What both have done alike is done once.
  const fresh = own.filter((edit) => !theirs.some(same(edit)));
  const edits = [...fresh, ...theirs].sort((a, b) => a.from - b.from);
  let merged = "";
  let at = 0;
  for (const { from, to, text } of edits) {
    if (from > at) merged += base.slice(at, from);
    merged += text;
    at = Math.max(at, to);
  }
  return merged + base.slice(at);
}

/** What makes one text the other, from its start to its end. @param {string} before @param {string} after @returns {Edit[]} */
export function editsBetween(before, after) {
  const a = characters(before);
  const b = characters(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end++;
  const offset = a.slice(0, start).join("").length;
  const middleA = a.slice(start, a.length - end);
  const middleB = b.slice(start, b.length - end);
  if (middleA.length === 0 && middleB.length === 0) return [];
  return gathered(shortestWay(middleA, middleB), offset);
}

/** A character that stays, goes or comes. @typedef {{does: "stay" | "go" | "come", text: string}} Step */

/**
 * Myers' greedy search for the fewest differences.
 * @param {readonly string[]} a @param {readonly string[]} b @returns {Step[]}
 */
function shortestWay(a, b) {
  /** The farthest reached on each diagonal, as it was before each round. @type {Map<number, number>[]} */
  const rounds = [];
  const reached = new Map([[1, 0]]);
  const most = Math.min(DIFFERENCES_MAX, a.length + b.length);
  for (let d = 0; d <= most; d++) {
    rounds.push(new Map(reached));
    for (let k = -d; k <= d; k += 2) {
      let x = startOf(reached, k, d);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reached.set(k, x);
      if (x >= a.length && x - k >= b.length) return wayBack(a, b, rounds);
    }
  }
  return [...a.map((text) => step("go", text)), ...b.map((text) => step("come", text))];
}

/** @param {Map<number, number>} reached @param {number} k @param {number} d */
function startOf(reached, k, d) {
  const left = reached.get(k - 1) ?? -1;
  const above = reached.get(k + 1) ?? -1;
  return k === -d || (k !== d && left < above) ? above : left + 1;
}

/** @param {readonly string[]} a @param {readonly string[]} b @param {readonly Map<number, number>[]} rounds */
function wayBack(a, b, rounds) {
  /** @type {Step[]} */
  const steps = [];
  let x = a.length;
  let y = b.length;
  for (let d = rounds.length - 1; d >= 0; d--) {
    const reached = /** @type {Map<number, number>} */ (rounds[d]);
    const k = x - y;
    const start = startOf(reached, k, d);
    const down = k === -d || (k !== d && start === reached.get(k + 1));
    while (x > start && y > start - k) {
      steps.push(step("stay", a[--x]));
      y--;
    }
    if (d === 0) break;
    if (down) steps.push(step("come", b[--y]));
    else steps.push(step("go", a[--x]));
  }
  return steps.reverse();
}

/** @param {Step["does"]} does @param {string | undefined} text @returns {Step} */
function step(does, text) {
  return { does, text: text ?? "" };
}

/** @param {readonly Step[]} steps @param {number} offset @returns {Edit[]} */
function gathered(steps, offset) {
  /** @type {Edit[]} */
  const edits = [];
  let at = offset;
  /** @type {Edit | null} */
  let open = null;
  for (const { does, text } of steps) {
    if (does === "stay") {
      open = null;
      at += text.length;
      continue;
    }
    if (!open) {
      open = { from: at, to: at, text: "" };
      edits.push(open);
    }
    if (does === "come") {
      open.text += text;
    } else {
      at += text.length;
      open.to = at;
    }
  }
  return edits;
}

/** Where a place in a text has come to by edits; what came right at it lies behind it. @param {readonly Edit[]} edits @param {number} place */
export function placeAfter(edits, place) {
  let shift = 0;
  for (const { from, to, text } of edits) {
    if (from >= place) break;
    if (to > place) return from + shift + text.length;
    shift += text.length - (to - from);
  }
  return place + shift;
}
