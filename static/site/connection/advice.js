// What is wrong in plain words, and the lines that help, for the proxy of one's choice.

import { t } from "../../board/core/translate.js";
import { make } from "../../board/ui/dom.js";
import { sign } from "./svg.js";

/**
 * @typedef {import("./finding.js").Finding} Finding
 * @typedef {import("./finding.js").Topic} Topic
 * @typedef {Record<string, {title: string, whole: string, lines: Record<Topic, string>, byHand: string}>} Proxies
 */

/** What was chosen last, for all findings at once. */
let chosen = "nginx";

/** @param {HTMLElement} place @param {readonly Finding[]} findings @param {Proxies} proxies @param {Partial<Record<Topic, string>>} own */
export function showFindings(place, findings, proxies, own) {
  place.replaceChildren(...findings.map((finding) => findingCard(finding, proxies, own)));
}

/** @param {Finding} finding @param {Proxies} proxies @param {Partial<Record<Topic, string>>} own */
function findingCard({ id, level, sure, title, text, topic, own: toldToo }, proxies, own) {
  const state = { good: "good", note: "untested", bad: "bad" }[level];
  const card = make(
    "article",
    { class: "finding", "data-finding": id, "data-state": state },
    make("div", { class: "check-mark" }),
    make("h3", {}, title),
    make("p", {}, text),
  );
  card
    .querySelector(".check-mark")
    ?.append(sign(/** @type {"good" | "untested" | "bad"} */ (state)));
  if (level === "bad") card.append(make("p", { class: "muted sure" }, sureName(sure)));
  if (!topic) return card;
  const lines = Object.entries(proxies).map(([name, proxy]) => ({
    name,
    title: proxy.title,
    text: proxy.lines[topic],
    byHand: proxy.byHand,
  }));
  card.append(tabs(id, t("Add to the proxy"), lines));
  const ours = toldToo ? own[topic] : undefined;
  if (ours) {
    const line = ours.replace("{origin}", location.origin);
    card.append(
      make("p", { class: "lines-for" }, t("And tell the whiteboard by its environment")),
      code(line),
    );
  }
  return card;
}

/** @param {Finding["sure"]} sure */
function sureName(sure) {
  return {
    certain: t("This is certain: it was observed."),
    likely: t("This is likely: nothing else fits what was observed."),
  }[sure];
}

/** A whole configuration for each proxy. @param {HTMLElement} place @param {Proxies} proxies */
export function showWhole(place, proxies) {
  const lines = Object.entries(proxies).map(([name, { title, whole, byHand }]) => ({
    name,
    title,
    text: whole,
    byHand,
  }));
  place.replaceChildren(tabs("whole", t("Proxies"), lines));
}

/** @param {string} id @param {string} label @param {readonly {name: string, title: string, text: string, byHand: string}[]} choices */
function tabs(id, label, choices) {
  const list = make("div", { class: "switch", role: "tablist", "aria-label": label });
  const panels = make("div", {});
  for (const { name, title, text, byHand } of choices) {
    const [tab, panel] = [`${id}-${name}-tab`, `${id}-${name}`];
    list.append(
      make(
        "button",
        { type: "button", role: "tab", id: tab, "aria-controls": panel, "data-proxy": name },
        title,
      ),
    );
    panels.append(
      make(
        "div",
        { role: "tabpanel", id: panel, "aria-labelledby": tab, "data-proxy": name },
        code(text),
        ...(byHand ? [triedByHand(title, byHand)] : []),
      ),
    );
  }
  list.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLElement && target.dataset.proxy) choose(target.dataset.proxy);
  });
  list.addEventListener("keydown", (event) => moveBetween(list, event));
  const whole = make(
    "div",
    { class: "tabs" },
    make("p", { class: "lines-for" }, label),
    list,
    panels,
  );
  mark(whole);
  return whole;
}

/** @param {string} proxy @param {string} version */
function triedByHand(proxy, version) {
  const words = t(
    "These lines were tried by hand with {proxy} {version}. Those of the others are proven each time our tests run.",
    { proxy, version },
  );
  return make("p", { class: "muted unproven" }, words);
}

/** @param {HTMLElement} list @param {KeyboardEvent} event */
function moveBetween(list, event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = [...list.querySelectorAll("button")];
  const at = Math.max(
    0,
    all.findIndex((button) => button.dataset.proxy === chosen),
  );
  const next = all[(at + step + all.length) % all.length];
  choose(next?.dataset.proxy ?? chosen);
  next?.focus();
  event.preventDefault();
}

/** @param {string} name */
function choose(name) {
  chosen = name;
  for (const whole of document.querySelectorAll(".tabs")) mark(whole);
}

/** @param {Element} whole */
function mark(whole) {
  for (const part of whole.querySelectorAll("[data-proxy]")) {
    if (!(part instanceof HTMLElement)) continue;
    const is = part.dataset.proxy === chosen;
    if (part.role === "tabpanel" || part.getAttribute("role") === "tabpanel") part.hidden = !is;
    else {
      part.setAttribute("aria-selected", String(is));
      part.tabIndex = is ? 0 : -1;
    }
  }
}

/** @param {string} text */
function code(text) {
  const button = make("button", { type: "button", class: "outlined copy" }, t("Copy"));
  button.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(text).catch(() => {});
    button.textContent = navigator.clipboard ? t("Copied") : t("Select and copy the lines");
  });
  // It scrolls where lines are long, and so must be reached by keyboard.
  const lines = make("pre", { tabindex: "0" }, make("code", {}, text));
  return make("div", { class: "lines" }, lines, button);
}
