// The status line and the saved mark: they say in words, at every moment, what is safe.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { savedWords } from "./saved-words.js";

/** @typedef {import("../sync/session.js").Session} Session */
/** @typedef {import("./sentences.js").Sentence} Sentence */

/** A connection that takes, or is away for, less than this is not worth a word: servers are replaced in between. */
const PATIENCE_MS = 1000;

/** @param {{line: HTMLElement, session: Session, home: string}} parts */
export function buildStatusLine({ line, session, home }) {
  let wasLive = false;
  let away = performance.now();
  let timer = 0;
  /** @type {string | null} */
  let refused = null;
  let earlierSeen = false;
  /** @type {string | null} */
  let shown = null;
  /** Not needed while all is well; there before the connection may be gone. @type {typeof import("./sentences.js") | null} */
  let sentences = null;
  let fetching = false;

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
  const fetchSentences = async () => {
    if (sentences || fetching) return;
    fetching = true;
    try {
      sentences = await import("./sentences.js");
    } catch {
      // Without a connection; the next change asks again.
      return;
    } finally {
      fetching = false;
    }
    refresh();
  };
  const refresh = () => {
    wasLive ||= session.state === "live";
    const brief = isBrief();
    if (!brief) fetchSentences();
    const sentence = sentences?.sentenceFor({
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
    if (event.type === "refused") refused = event.code;
    refresh();
  });
  window.addEventListener("online", refresh);
  window.addEventListener("offline", refresh);
  refresh();
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

/** @param {{mark: HTMLElement, session: Session, root: HTMLElement}} parts */
export function buildSavedMark({ mark, session, root }) {
  const refresh = () => {
    const { state, transport } = session;
    root.dataset.connection = state === "live" && transport !== "websocket" ? "fallback" : state;
    root.dataset.transport = transport;
    root.dataset.saved = session.saved;
    const words = savedWords(session.saved, session.unsent);
    if (mark.textContent !== words) mark.textContent = words;
  };
  session.subscribe(refresh);
  refresh();
}

/** Closing the page would lose what only this page has. @param {Session} session */
export function warnBeforeLeaving(session) {
  window.addEventListener("beforeunload", (event) => {
    // What is kept on this device is sent on the next visit.
    if (session.device.onlyHere() === 0) return;
    event.preventDefault();
    // Older browsers ask only if this is set.
    event.returnValue = true;
  });
}
