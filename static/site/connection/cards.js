// The cards of the checks: each turns from waiting to what was observed.

import { t } from "../../board/core/translate.js";
import { make } from "../../board/ui/dom.js";
import { strip, timeline } from "./charts.js";
import { checkList } from "./check-list.js";
import { sign } from "./svg.js";

/**
 * @typedef {import("./check-list.js").CheckId} CheckId
 * @typedef {import("./outcomes.js").Outcome} Outcome
 * @typedef {import("./outcomes.js").State} State
 * @typedef {import("./outcomes.js").Fact} Fact
 * @typedef {import("./figures.js").Writer} Writer
 */

/** @param {State} state */
function stateName(state) {
  return {
    waiting: t("Waiting"),
    running: t("Checking…"),
    good: t("Works"),
    bad: t("Does not work"),
    untested: t("Not tested"),
  }[state];
}

/** @param {Fact["source"]} source */
export function sourceName(source) {
  return {
    browser: t("seen by this browser"),
    server: t("reported by the server"),
    computed: t("computed here"),
  }[source];
}

export class Cards {
  /** @type {Map<CheckId, HTMLElement>} */
  #cards = new Map();
  #write;

  /** @param {HTMLElement} list @param {Writer} write */
  constructor(list, write) {
    this.#write = write;
    for (const { id, title, why } of checkList()) {
      const card = make(
        "li",
        { class: "check", id: `check-${id}` },
        make("div", { class: "check-mark" }),
        make("h3", {}, title),
        make("span", { class: "check-state" }),
        make("p", { class: "check-said" }),
        make("p", { class: "check-why muted" }, why),
        make("div", { class: "check-more" }),
      );
      this.#cards.set(id, card);
      list.append(card);
    }
    this.reset();
  }

  reset() {
    for (const id of this.#cards.keys()) this.show(id, { state: "waiting", said: "" });
  }

  /** @param {CheckId} id */
  begin(id) {
    this.show(id, { state: "running", said: "" });
  }

  /** @param {CheckId} id @param {Outcome} outcome */
  show(id, { state, said, facts = [], values, pieces }) {
    const card = this.#cards.get(id);
    if (!card) return;
    card.dataset.state = state;
    part(card, ".check-mark").replaceChildren(sign(state));
    part(card, ".check-state").textContent = stateName(state);
    part(card, ".check-said").textContent = said;
    const more = part(card, ".check-more");
    more.replaceChildren();
    if (values) more.append(strip(values, this.#write));
    if (pieces && pieces.length > 0) more.append(timeline(pieces, this.#write));
    if (facts.length > 0) more.append(factList(facts));
  }
}

/** @param {Element} card @param {string} where */
function part(card, where) {
  return /** @type {HTMLElement} */ (card.querySelector(where));
}

/** @param {readonly Fact[]} facts */
function factList(facts) {
  const list = make("dl", { class: "facts" });
  for (const { name, value, source, note } of facts) {
    const told = make("dd", {}, make("code", {}, value));
    if (note) told.append(make("span", { class: "fact-note" }, note));
    told.append(make("span", { class: "source", "data-source": source }, sourceName(source)));
    list.append(make("div", {}, make("dt", {}, name), told));
  }
  return list;
}
