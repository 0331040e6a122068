// Templates for teams: what is to do, what was, who does what.

import { t } from "../../core/translate.js";

/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {import("./template.js").Template} Template */

const PALE = /** @type {const} */ ({ opacity: 0.12, pattern: "solid" });

/** Columns with a heading each, and a note to begin with. @param {Drawing} drawing @param {readonly {name: string, color: string, note?: string}[]} columns @param {{w: number, h: number}} size of each */
function columns(drawing, columns, { w, h }) {
  const gap = 24;
  columns.forEach(({ name, color, note }, i) => {
    const x = i * (w + gap);
    drawing.box(x, 0, w, h, { color, fill: color, round: true, ...PALE });
    drawing.heading(x + 16, 16, w - 32, name, { size: 24, color });
    if (note !== undefined) drawing.note(x + 24, 72, color === "grey" ? "white" : color, note);
  });
}

/** @type {Template} */
const kanban = {
  id: "kanban",
  name: () => t("Kanban board"),
  draw(drawing) {
    columns(
      drawing,
      [
        { name: t("To do"), color: "blue", note: t("Something to do") },
        { name: t("In progress"), color: "orange", note: "" },
        { name: t("To review"), color: "violet" },
        { name: t("Done"), color: "green" },
      ],
      { w: 320, h: 720 },
    );
  },
};

/** @type {Template} */
const retrospective = {
  id: "retrospective",
  name: () => t("Retrospective"),
  draw(drawing) {
    columns(
      drawing,
      [
        { name: t("What went well"), color: "green", note: "" },
        { name: t("What did not go well"), color: "red", note: "" },
        { name: t("What we will try"), color: "blue", note: "" },
      ],
      { w: 380, h: 640 },
    );
  },
};

/** @type {Template} */
const swot = {
  id: "swot",
  name: () => t("SWOT analysis"),
  draw(drawing) {
    const fields = [
      { name: t("Strengths"), color: "green" },
      { name: t("Weaknesses"), color: "red" },
      { name: t("Opportunities"), color: "blue" },
      { name: t("Threats"), color: "orange" },
    ];
    fields.forEach(({ name, color }, i) => {
      const x = (i % 2) * 480;
      const y = Math.floor(i / 2) * 360;
      drawing.box(x, y, 464, 344, { color, fill: color, round: true, ...PALE });
      drawing.text(x + 24, y + 20, name, { size: 28, bold: true, color });
    });
  },
};

/** @type {Template} */
const meeting = {
  id: "meeting",
  name: () => t("Meeting notes"),
  draw(drawing) {
    const fields = [
      { name: t("Agenda"), x: 0, w: 360 },
      { name: t("Notes"), x: 376, w: 480 },
      { name: t("Who does what by when"), x: 872, w: 360 },
    ];
    drawing.text(0, -64, t("Meeting"), { size: 36, bold: true });
    for (const { name, x, w } of fields) {
      drawing.box(x, 0, w, 600, { color: "grey", round: true });
      drawing.text(x + 20, 18, name, { size: 22, bold: true, color: "grey" });
    }
  },
};

/** @type {Template} */
const priorities = {
  id: "priorities",
  name: () => t("Priorities"),
  draw(drawing) {
    const [w, h] = [440, 320];
    const fields = [
      { name: t("Do now"), color: "red" },
      { name: t("Plan"), color: "blue" },
      { name: t("Hand over"), color: "orange" },
      { name: t("Leave"), color: "grey" },
    ];
    fields.forEach(({ name, color }, i) => {
      const [x, y] = [(i % 2) * w, Math.floor(i / 2) * h];
      drawing.box(x, y, w, h, { color: "grey", fill: color, ...PALE });
      drawing.text(x + 20, y + 16, name, { size: 24, bold: true, color });
    });
    drawing.arrow([
      [-24, 2 * h],
      [-24, 0],
    ]);
    drawing.heading(-180, h - 16, 140, t("Important"));
    drawing.arrow([
      [2 * w, 2 * h + 24],
      [0, 2 * h + 24],
    ]);
    drawing.heading(w - 100, 2 * h + 40, 200, t("Urgent"));
  },
};

export const planning = [kanban, retrospective, priorities, swot, meeting];
