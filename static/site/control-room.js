/** Keeps the live numbers and lists of an admin page fresh while somebody looks at it. */

/** @typedef {Record<string, string | number>} Row */
/** @typedef {{numbers: Record<string, string | number>, lists: Record<string, Row[]>, at?: string}} Now */

const MOST_FAILURES = 6;
/** What each list showed last, so that quiet ones are left alone. @type {Map<string, string>} */
const shown = new Map();

/** @param {HTMLElement} page */
function keepFresh(page) {
  const address = page.dataset.live ?? "";
  const every = Number(page.dataset.every) * 1000;
  let failures = 0;
  /** @type {number | undefined} */
  let timer;

  async function refresh() {
    clearTimeout(timer);
    if (document.hidden) {
      say(page, "paused");
      return;
    }
    try {
      show(page, await ask(address));
      failures = 0;
      say(page, "fresh");
    } catch {
      // Signed out, or the server restarts: less and less often.
      failures = Math.min(failures + 1, MOST_FAILURES);
      say(page, "away");
    }
    timer = setTimeout(refresh, every * 2 ** failures);
  }

  document.addEventListener("visibilitychange", refresh);
  say(page, "fresh");
  timer = setTimeout(refresh, every);
}

/**
 * @param {string} address
 * @returns {Promise<Now>}
 */
async function ask(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) {
    throw new Error(`the server answered ${answer.status}`);
  }
  return answer.json();
}

/**
 * @param {HTMLElement} page
 * @param {Now} now
 */
function show(page, now) {
  for (const [name, value] of Object.entries(now.numbers)) {
    setText(page.querySelector(`[data-number="${name}"]`), value);
  }
  for (const [name, rows] of Object.entries(now.lists)) {
    showList(page, name, rows);
  }
  setText(page.querySelector("[data-at]"), now.at ?? "");
}

/**
 * @param {HTMLElement} page
 * @param {string} name
 * @param {Row[]} rows
 */
function showList(page, name, rows) {
  const list = page.querySelector(`[data-list="${name}"]`);
  const template = page.querySelector(`template[data-row="${name}"]`);
  const text = JSON.stringify(rows);
  // Whoever is choosing for how long to ban somebody must not lose the row under the hand.
  const busy = list?.contains(document.activeElement);
  if (!list || !(template instanceof HTMLTemplateElement) || busy || shown.get(name) === text) {
    return;
  }
  shown.set(name, text);
  list.replaceChildren(...rows.map((row) => filled(template, row)));
  const empty = page.querySelector(`[data-empty="${name}"]`);
  if (empty instanceof HTMLElement) {
    empty.hidden = rows.length > 0;
  }
}

/**
 * A row of the template with what the server said, as text alone.
 * @param {HTMLTemplateElement} template
 * @param {Row} row
 */
function filled(template, row) {
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const cell of copy.querySelectorAll("[data-field]")) {
    setText(cell, row[cell.getAttribute("data-field") ?? ""] ?? "");
  }
  for (const link of copy.querySelectorAll("[data-link]")) {
    link.setAttribute("href", String(row.link ?? ""));
  }
  for (const input of copy.querySelectorAll("[data-value]")) {
    input.setAttribute("value", String(row[input.getAttribute("data-value") ?? ""] ?? ""));
  }
  return copy;
}

/**
 * @param {Element | null} element
 * @param {string | number} text
 */
function setText(element, text) {
  if (element && element.textContent !== String(text)) {
    element.textContent = String(text);
  }
}

/**
 * Whether the numbers are fresh, in the words that the page brings.
 * @param {HTMLElement} page
 * @param {"fresh" | "paused" | "away"} state
 */
function say(page, state) {
  const line = page.querySelector("[data-freshness]");
  if (line instanceof HTMLElement) {
    line.dataset.state = state;
    setText(line.querySelector("span"), line.dataset[state] ?? "");
  }
}

for (const page of document.querySelectorAll("[data-live]")) {
  keepFresh(/** @type {HTMLElement} */ (page));
}
