// What happens among people, said to those who don't see the board, and raised hands to those who keep order.

import { t } from "../core/translate.js";
import { labelOf, plain } from "../view/cursors.js";
import { make } from "./dom.js";

/** Words are read out once nobody adds to them. */
const FINISHED_MS = 1500;

/** @param {{session: import("../sync/session.js").Session, company: import("../sync/company.js").Company}} parts */
export function announceCompany({ session, company }) {
  announceHands(session);
  announceChats(session, company);
}

/** @param {import("../sync/session.js").Session} session */
function announceHands(session) {
  let known = hands(session);
  session.subscribe(async ({ type }) => {
    if (type !== "people") return;
    const now = hands(session);
    const raised = [...now].find(([person]) => !known.has(person));
    known = now;
    // Whoever comes in sees in the list which hands are up already.
    if (!raised || session.state !== "live" || !session.may?.has("order")) return;
    const words = t("{name} has raised a hand", { name: labelOf(raised[1]) });
    (await import("./say.js")).say(words);
  });
}

/** Others', by person. @param {import("../sync/session.js").Session} session @returns {Map<number, string>} */
function hands({ people, you }) {
  const raised = [...people.values()].filter(
    ({ hand, person }) => hand !== undefined && person !== you?.person,
  );
  return new Map(raised.map(({ person, name }) => [person, name]));
}

/** @param {import("../sync/session.js").Session} session @param {import("../sync/company.js").Company} company */
function announceChats(session, company) {
  const line = make("p", { class: "unseen", "aria-live": "polite" });
  document.body.append(line);
  let said = "";
  let timer = 0;
  company.subscribe(({ type }) => {
    if (type !== "paint") return;
    const words = [...company.chats]
      .flatMap(([slot, { text }]) => {
        const someone = session.people.get(slot);
        return someone ? [`${labelOf(someone.name)}: ${plain(text)}`] : [];
      })
      .join(" ");
    if (words === said) return;
    said = words;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      line.textContent = words;
    }, FINISHED_MS);
  });
}
