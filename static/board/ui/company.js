// What people do together beside drawing, joined to the page once the board is there.

import { Company, ME } from "../sync/company.js";
import { CompanySender } from "../sync/company-sender.js";
import { CompanyLayer } from "../view/company-layer.js";
import { announceOthers } from "./announcing.js";
import { liveLog } from "./announcing-log.js";
import { announceCompany } from "./company-said.js";
import { FollowingPlace } from "./following.js";
import { tellOwnState } from "./own-state.js";
import { addPersonActions } from "./people-bar.js";
import { personActions } from "./person-actions.js";
import { RaisedHand } from "./raised-hand.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {object} Parts
 * @property {import("../editor.js").Editor} editor
 * @property {import("../sync/session.js").Session} session
 * @property {import("./config.js").Config} config
 * @property {HTMLElement} canvas
 * @property {import("../view/live-layer.js").LiveLayer} layer
 */

/** @typedef {ReturnType<typeof buildCompany>} CompanyParts */

/** @param {Parts} parts */
export function buildCompany({ editor, session, config, canvas, layer }) {
  styles("people-styles");
  const company = new Company(session);
  const sender = new CompanySender({ live: editor.live, session, company });
  new CompanyLayer({
    layer,
    company,
    someone: (slot) => (slot === ME ? session.you : session.people.get(slot)) ?? undefined,
  });
  const hand = new RaisedHand(session);
  const following = new FollowingPlace({ editor, session, company, sender, still: layer.still });
  if (layer.people) company.catchUp(layer.people);
  tellOwnState({ editor, sender });
  announceCompany({ session, company });
  announceOthers({ editor, session, announce: liveLog() });
  keepToRights(editor, session);
  addPersonActions(personActions({ session, following }));
  return {
    editor,
    session,
    config,
    company,
    sender,
    following,
    hand,
    pointer: pointerOver(canvas),
  };
}

/** Whoever may point no more lays the laser down. @param {import("../editor.js").Editor} editor @param {import("../sync/session.js").Session} session */
function keepToRights(editor, session) {
  session.subscribe(({ type }) => {
    const { tool } = editor;
    if (type === "board" && tool?.needs && !editor.mayUse(tool)) editor.setTool("hand");
  });
}

/** Where the pointer last was over the board; in the middle where there is none. @param {HTMLElement} canvas */
function pointerOver(canvas) {
  /** @type {{px: number, py: number} | null} */
  let last = null;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const note = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    last = { px: clientX, py: clientY };
    for (const listener of listeners) listener();
  };
  canvas.addEventListener("pointermove", note, { passive: true });
  canvas.addEventListener("pointerdown", note, { passive: true });
  return {
    place: () => last ?? { px: canvas.clientWidth / 2, py: canvas.clientHeight / 2 },
    /** @param {() => void} listener @returns {() => void} stops it */
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
