// The connection page: runs the checks one after the other, and shows what was observed as it comes.

import { setCatalogue, t } from "../../board/core/translate.js";
import { byId, make } from "../../board/ui/dom.js";
import { showFindings, showWhole } from "./advice.js";
import { Cards } from "./cards.js";
import { sentences } from "./chapter.js";
import { diagnose } from "./diagnose.js";
import { writer } from "./figures.js";
import { EventLog } from "./log.js";
import { questions } from "./quiz.js";
import { showQuiz } from "./quiz-view.js";
import { showLaps, transportName } from "./results.js";
import { Run } from "./run.js";
import { strokeFrames } from "./stroke.js";

/** @typedef {import("./run.js").Config} Config */

/** @param {string} id */
const json = (id) => JSON.parse(byId(id, HTMLScriptElement).textContent ?? "null");

/** @type {Config & {language: string, proxies: import("./advice.js").Proxies, own: Partial<Record<import("./finding.js").Topic, string>>}} */
const config = json("connection-config");
setCatalogue(json("catalogue"));

const write = writer(config.language);
const cards = new Cards(byId("checks", HTMLElement), write);
const log = new EventLog(byId("log", HTMLElement), write);
const again = byId("again", HTMLButtonElement);
const verdict = byId("verdict", HTMLElement);

/** @param {import("./observations.d.ts").Observations} seen @param {boolean} over */
function judge(seen, over) {
  const findings = diagnose(seen);
  showFindings(byId("findings", HTMLElement), findings, config.proxies, config.own);
  const worst = findings.find(({ level }) => level === "bad") ?? findings[0];
  verdict.dataset.state = worst?.level ?? "good";
  verdict.textContent = worst?.title ?? "";
  document.documentElement.dataset.diagnosis = over ? findings.map(({ id }) => id).join(" ") : "";
}

/** @param {Run} run */
function teach(run) {
  const { laps, seen, accept } = run;
  if (laps.length > 0) showLaps(byId("laps", HTMLElement), laps, write);
  const said = sentences(laps, write);
  for (const place of document.querySelectorAll("[data-live-sentence]")) {
    if (!(place instanceof HTMLElement)) continue;
    place.textContent = said[place.dataset.liveSentence ?? ""] ?? "";
    place.hidden = place.textContent === "";
  }
  const frame = strokeFrames()[1]?.bytes.length ?? 0;
  if (run.over) showQuiz(byId("quiz", HTMLElement), questions(seen, laps, accept, frame, write));
}

function forget() {
  verdict.dataset.state = "running";
  verdict.textContent = t("Checking…");
  delete document.documentElement.dataset.diagnosis;
  const later = t("Comes when it has been measured.");
  for (const id of ["findings", "laps", "quiz"])
    byId(id, HTMLElement).replaceChildren(make("p", { class: "muted" }, later));
  for (const place of document.querySelectorAll("[data-live-sentence]"))
    if (place instanceof HTMLElement) place.hidden = true;
}

async function begin() {
  again.disabled = true;
  forget();
  cards.reset();
  log.begin();
  const progress = byId("laps", HTMLElement);
  const run = new Run(config, {
    write,
    log: (happened) => log.add(happened),
    begin: (id) => cards.begin(id),
    show: (id, outcome) => cards.show(id, outcome),
    lap: (name, share) => {
      const done = t("{name}: {share} % of the stroke is back", {
        name: transportName(name),
        share: Math.round(100 * share),
      });
      progress.replaceChildren(make("p", { class: "muted" }, done));
    },
  });
  await run.checks();
  judge(run.seen, false);
  await run.race();
  teach(run);
  await run.rest();
  judge(run.seen, true);
  teach(run);
  again.disabled = false;
}

showWhole(byId("whole", HTMLElement), config.proxies);
again.addEventListener("click", () => void begin());
void begin();
