// Others' changes told to those who don't see them: merged, seldom, and only where it has been switched on.

import { expand, intersects } from "../core/geometry.js";
import { kindOf } from "../elements/index.js";
import { Sheet } from "../elements/sheet.js";
import { Timers } from "../sync/timers.js";
import { deedOf, Happenings } from "./announcing-words.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../sync/session.js").Session} Session
 * @typedef {import("../protocol").Transaction} Transaction
 */

/** One sentence in so long; the first waits for what comes with it. */
export const ANNOUNCE_EVERY_MS = 5000;
const FIRST_MS = 1000;
/** Near is what one sees, and half as much around it. */
const AROUND = 0.5;

/** @param {{editor: Editor, session: Session, announce: (words: string) => void, clock?: import("../sync/timers.js").Clock}} parts */
export function announceOthers({ editor, session, announce, clock }) {
  const timers = new Timers(clock);
  const happenings = new Happenings();
  const { document: board } = session;
  /** @type {Map<number, import("../protocol").Someone>} */
  let here = new Map(session.people);
  /** @type {Map<number, string>} */
  const names = new Map();
  let last = -ANNOUNCE_EVERY_MS;

  const tell = () => {
    last = timers.now();
    const words = happenings.take(
      (person) => names.get(person) ?? "?",
      (key) => board.get(key),
    );
    if (isOn()) announce(words);
  };
  const soon = () => {
    if (happenings.isEmpty || timers.runs("tell")) return;
    const wait = Math.max(FIRST_MS, last + ANNOUNCE_EVERY_MS - timers.now());
    timers.start("tell", wait, tell);
  };
  const isOn = () => editor.settings.announce === "all" || editor.settings.announce === "nearby";

  /** @param {Transaction} transaction */
  const applied = ({ author, changes }) => {
    if (!isOn() || author === board.author || !names.has(author)) return;
    const isHeard = editor.settings.announce === "nearby" ? nearby(editor, board) : () => true;
    for (const change of changes) {
      const deed = deedOf(change);
      if (deed && "key" in change && isHeard(change.key)) happenings.did(author, change.key, deed);
    }
    soon();
  };
  const peopleChanged = () => {
    const before = namesOf(here, session);
    here = new Map(session.people);
    for (const { person, name } of here.values()) names.set(person, name);
    const now = namesOf(here, session);
    // Whoever comes in knows from the list who is there, and without a connection nobody has left.
    if (!isOn() || session.state !== "live") return;
    for (const [person, name] of now) if (!before.has(person)) happenings.came(name);
    for (const [person, name] of before) if (!now.has(person)) happenings.left(name);
    soon();
  };
  const stops = [
    board.watch({ receipt() {}, refusal() {}, applied }),
    session.subscribe(({ type }) => type === "people" && peopleChanged()),
  ];
  for (const { person, name } of here.values()) names.set(person, name);
  return () => {
    timers.clear();
    for (const stop of stops) stop();
  };
}

/** Others, each once however many pages they have open. @param {ReadonlyMap<number, import("../protocol").Someone>} here @param {Session} session @returns {Map<number, string>} */
function namesOf(here, { you }) {
  const others = [...here.values()].filter(({ person }) => person !== you?.person);
  return new Map(others.map(({ person, name }) => [person, name]));
}

/** Whether something is, or was until now, near what is in sight. @param {Editor} editor @param {import("../core/document.js").Document} board */
function nearby(editor, board) {
  const view = editor.camera.viewBounds();
  const around = expand(view, (view.maxX - view.minX) * AROUND);
  /** @type {Set<string> | null} */
  let known = null;
  return (/** @type {string} */ key) => {
    const element = board.get(key);
    const { document } = editor;
    const isHere = (/** @type {import("../core/fold.js").Element} */ one) =>
      !(document instanceof Sheet) || document.pageOf(one) === document.page;
    if (element) return isHere(element) && intersects(kindOf(element).bounds(element), around);
    known ??= new Set(editor.spatial.search(around));
    return known.has(key);
  };
}
