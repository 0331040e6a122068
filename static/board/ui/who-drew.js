// Who drew what is selected, and who changed it last and when.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { avatar } from "./people-bar.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {import("./company.js").CompanyParts} CompanyParts
 * @typedef {{id: number, name: string, color: string}} Author
 * @typedef {{author: Author | null, created: number | null, changed: number | null, changed_by: Author | null}} Trace
 */

const ID = "who-drew";
const EDGE = 8;

/** @param {CompanyParts} parts */
export async function openWhoDrew(parts) {
  const { editor, session, config } = parts;
  const [key] = editor.selection;
  const element = key === undefined ? undefined : editor.document.get(key);
  if (key === undefined || !element) return;
  await styles("people-styles");
  document.getElementById(ID)?.remove();
  const card = make("div", {
    id: ID,
    class: "popover who-drew",
    popover: "auto",
    role: "dialog",
    "aria-label": t("Who drew this?"),
  });
  card.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "closed") card.remove();
  });
  const here = [...session.people.values()].find(({ person }) => person === element.author);
  const author = here ? { ...here, id: here.person } : null;
  fill(card, { author, created: null, changed: null, changed_by: null }, config.language);
  document.body.append(card);
  card.showPopover();
  place(card, editor);
  const trace = await read(config.document.replace(/document$/, `elements/${key}/history`));
  fill(card, trace ?? "unreadable", config.language);
  place(card, editor);
}

/** @param {string} url @returns {Promise<Trace | null>} */
async function read(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** @param {HTMLElement} card @param {Trace | "unreadable"} trace @param {string} language */
function fill(card, trace, language) {
  if (trace === "unreadable") {
    card.replaceChildren(
      make("p", { class: "muted", role: "status" }, t("That can't be read just now.")),
    );
    return;
  }
  const { author, created, changed, changed_by: by } = trace;
  const face = author ?? { name: t("Somebody who has left"), color: "grey" };
  const drawn = created ? t("Drawn {when}", { when: moment(created, language) }) : t("Drew this");
  const isLater = changed !== null && changed !== created;
  const last = isLater
    ? by && by.id !== author?.id
      ? t("Changed {when} by {name}", { when: moment(changed, language), name: by.name })
      : t("Changed {when}", { when: moment(changed, language) })
    : null;
  card.replaceChildren(
    avatar(face),
    make(
      "div",
      { role: "status" },
      make("p", { class: "name" }, make("bdi", {}, face.name)),
      make("p", { class: "muted" }, drawn),
      last && make("p", { class: "muted" }, last),
    ),
  );
}

/** @param {number} ms @param {string} language */
function moment(ms, language) {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(ms);
}

/** Below what is selected, within the window. @param {HTMLElement} card @param {import("../editor.js").Editor} editor */
function place(card, editor) {
  const bounds = editor.boundsOf(editor.selection);
  if (!bounds) return;
  const { x, y } = editor.camera.toScreen({ x: bounds.minX, y: bounds.maxY });
  const { width, height } = card.getBoundingClientRect();
  const left = Math.max(EDGE, Math.min(x, innerWidth - width - EDGE));
  const top = Math.max(EDGE, Math.min(y + 2 * EDGE, innerHeight - height - EDGE));
  card.style.setProperty("--x", `${left}px`);
  card.style.setProperty("--y", `${top}px`);
}
