// Says what came of files that were opened: what was taken, and what of them couldn't be.

import { t, tn } from "../core/translate.js";
import { make } from "./dom.js";
import { say } from "./say.js";
import { openSheet } from "./sheet.js";
import { styles } from "./stylesheet.js";

/** @typedef {import("./import-bringing.js").Outcome} Outcome */
/** @typedef {import("../exchange/place.js").Placed} Placed */

/** @param {readonly Outcome[]} outcomes @param {{cancelled: boolean, brief: boolean}} how it went, and is to be said */
export async function report(outcomes, { cancelled, brief }) {
  if (cancelled) {
    say(t("Cancelled. Nothing of what wasn't finished is on the board."));
    return;
  }
  if (outcomes.every((one) => "placed" in one && one.placed.left.length === 0)) {
    say(t("Taken: {what}.", { what: amounts(outcomes) }));
    return;
  }
  const [first] = outcomes;
  if (brief && first && "why" in first) {
    say(first.why);
    return;
  }
  await styles("import-styles");
  const content = make(
    "div",
    { class: "import-report" },
    ...outcomes.flatMap((one) => partOf(one, outcomes)),
  );
  await openSheet({ name: "import-report", title: titleOf(outcomes), content });
}

/** @param {readonly Outcome[]} outcomes */
function titleOf(outcomes) {
  const none = outcomes.every((one) => "why" in one);
  return none ? t("The file wasn't opened") : t("Not everything was taken");
}

/** @param {Outcome} one @param {readonly Outcome[]} all */
function partOf(one, all) {
  const heading = all.length > 1 ? [make("h3", {}, one.name)] : [];
  if ("why" in one) return [...heading, make("p", {}, one.why)];
  const { left } = one.placed;
  const taken = make("p", {}, t("Taken: {what}.", { what: amounts([one]) }));
  if (left.length === 0) return [...heading, taken];
  const items = left.map(({ what, count }) =>
    make("li", {}, make("span", {}, what), make("span", { class: "import-count" }, String(count))),
  );
  return [
    ...heading,
    taken,
    make("p", {}, t("What can't be on this board or is different here:")),
    make("ul", {}, ...items),
  ];
}

/** As "41 elements, 2 pages". @param {readonly Outcome[]} outcomes */
function amounts(outcomes) {
  const placed = outcomes.flatMap((one) => ("placed" in one ? one.placed : []));
  const elements = placed.reduce((sum, one) => sum + one.elements, 0);
  const pages = placed.reduce((sum, one) => sum + one.pages, 0);
  const words = [tn("{count} element", "{count} elements", elements)];
  if (pages > 0) words.push(tn("{count} page", "{count} pages", pages));
  return words.join(", ");
}
