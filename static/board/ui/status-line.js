// The status line says in a sentence what the connection and the board are like, where there is something to say.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { sentenceFor } from "./sentences.js";
import { PATIENCE_MS } from "./status-soon.js";

/** @typedef {import("../sync/session.js").Session} Session */
/** @typedef {import("./sentences.js").Sentence} Sentence */

/**
 * Gives back what says it again, in other words.
 * @param {{line: HTMLElement, session: Session, home: string, away: number, refused: string | null}} parts
 *   `away`: since when there is no connection; `refused`: the code of what has been refused already
 */
export function buildStatusLine({ line, session, home, away, refused }) {
  let wasLive = false;
  let timer = 0;
  let earlierSeen = false;
  /** @type {string | null} */
  let shown = null;

  const dismiss = () => {
    session.device.dismissed(refused === null);
    earlierSeen ||= refused === null;
    refused = null;
    refresh();
  };
  /** Whether the connection has been gone too shortly to speak of. */
  const isBrief = () => {
    if (session.state === "live" || session.state === "denied") {
      away = Number.POSITIVE_INFINITY;
      return false;
    }
    const now = performance.now();
    away = Math.min(away, now);
    const left = away + PATIENCE_MS - now;
    clearTimeout(timer);
    if (left > 0) timer = window.setTimeout(refresh, left);
    return left > 0;
  };
  const refresh = () => {
    wasLive ||= session.state === "live";
    const brief = isBrief();
    const sentence = sentenceFor({
      connection: session.state,
      wasLive,
      online: navigator.onLine,
      waiting: session.unsent,
      denial: session.denial,
      closedWith: session.closedWith,
      draws: session.may?.has("draw") ?? true,
      frozen: session.board?.frozen ?? false,
      muted: session.board?.muted ?? false,
      pen: session.board?.pens.includes(session.you?.person ?? 0) ?? false,
      refused,
      earlier: earlierSeen ? 0 : session.device.refused,
      fails: session.device.fails,
    });
    const text = sentence && !brief ? sentence.text : null;
    // Saying the same again would make a screen reader say it again.
    if (text === shown) return;
    shown = text;
    line.hidden = text === null;
    line.dataset.tone = sentence?.tone ?? "quiet";
    line.replaceChildren(
      ...(sentence && text
        ? [make("span", {}, text), saveButton(sentence), actionButton(sentence, home, dismiss)]
        : []),
    );
  };

  session.subscribe((event) => {
    if (event.type === "refused" && !session.device.elsewhere(event.id)) refused = event.code;
    refresh();
  });
  window.addEventListener("online", refresh);
  window.addEventListener("offline", refresh);
  refresh();
  return refresh;
}

/** @param {Sentence} sentence */
function saveButton({ save }) {
  if (!save) return "";
  return textButton(t("Save…"), async () => (await import("./unsaved-sheet.js")).openUnsaved());
}

/** @param {Sentence} sentence @param {string} home @param {() => void} dismiss */
function actionButton(sentence, home, dismiss) {
  if (!sentence.action) return "";
  const actions = {
    reload: { label: t("Reload"), run: () => location.reload() },
    home: { label: t("My boards"), run: () => location.assign(home) },
    dismiss: { label: t("OK"), run: dismiss },
  };
  const { label, run } = actions[sentence.action];
  return textButton(label, run);
}

/** @param {string} label @param {() => void} run */
function textButton(label, run) {
  const button = make("button", { type: "button", class: "text-button" }, label);
  button.addEventListener("click", run);
  return button;
}
