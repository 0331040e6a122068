// What the command palette finds: every word must be in a command's name, in one's own language or in English. Pure.

/** @typedef {{id: string, names: readonly string[], enabled: boolean}} Entry */

const FIRST_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const SYLLABLES_PER_CONSONANT = 588;

/**
 * The best first; without words those lately used come first, and then all in their order.
 * @template {Entry} E
 * @param {readonly E[]} entries @param {string} query @param {readonly string[]} recent ids, the last used first
 * @returns {E[]}
 */
export function found(entries, query, recent) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return entries
    .map((entry, place) => ({
      entry,
      place,
      score: scoreOf(entry, words),
      used: recent.indexOf(entry.id),
    }))
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) =>
        Number(b.entry.enabled) - Number(a.entry.enabled) ||
        b.score - a.score ||
        orderOfUse(a.used) - orderOfUse(b.used) ||
        a.place - b.place,
    )
    .map(({ entry }) => entry);
}

/** @param {number} index -1: never */
function orderOfUse(index) {
  return index < 0 ? Number.MAX_SAFE_INTEGER : index;
}

/** The best of its names; 0 is none. @param {Entry} entry @param {readonly string[]} words */
function scoreOf({ names }, words) {
  if (words.length === 0) return 1;
  return Math.max(0, ...names.map((name) => scoreIn(plain(name), words)));
}

/** @param {string} name @param {readonly string[]} words */
function scoreIn(name, words) {
  let sum = 0;
  for (const word of words) {
    const score = Math.max(nearness(name, word), nearness(consonantsOf(name), word));
    if (score === 0) return 0;
    sum += score;
  }
  return sum / words.length;
}

/** 3 where the name begins so, 2 where one of its words does, 1 within one, 0 nowhere. @param {string} name @param {string} word */
function nearness(name, word) {
  const at = name.indexOf(word);
  if (at === 0) return 3;
  if (name.includes(` ${word}`)) return 2;
  return at > 0 ? 1 : 0;
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFC").toLowerCase().trim();
}

/** Koreans look things up by first consonants: ㅈㅇㄱ is 지우개. @param {string} text */
function consonantsOf(text) {
  return text.replace(/[가-힣]/g, (syllable) => {
    const code = syllable.charCodeAt(0);
    if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return syllable;
    return FIRST_CONSONANTS[Math.floor((code - FIRST_SYLLABLE) / SYLLABLES_PER_CONSONANT)] ?? "";
  });
}
