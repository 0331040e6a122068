// Templates for lessons: papers to write and draw on.

import { t } from "../../core/translate.js";

/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {import("./drawing.js").Spot} Spot */
/** @typedef {import("./template.js").Template} Template */

const THIN = { color: "grey", width: 1 };
/** @type {import("./drawing.js").Properties} */
const PROPS = THIN;

/** @param {Drawing} drawing @param {number} x @param {number} y @param {number} w */
function across(drawing, x, y, w, look = PROPS) {
  drawing.line(
    [
      [x, y],
      [x + w, y],
    ],
    look,
  );
}

/** @param {Drawing} drawing @param {number} x @param {number} y @param {number} h */
function down(drawing, x, y, h, look = PROPS) {
  drawing.line(
    [
      [x, y],
      [x, y + h],
    ],
    look,
  );
}

/** @type {Template} */
const timetable = {
  id: "timetable",
  name: () => t("Timetable"),
  draw(drawing) {
    const days = [t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday")];
    const [w, h, side] = [180, 80, 80];
    for (let lesson = 0; lesson < 8; lesson++) {
      const y = h * 0.75 + lesson * h;
      drawing.box(0, y, side, h, { ...THIN, text: String(lesson + 1), size: 20 });
      for (let day = 0; day < days.length; day++)
        drawing.box(side + day * w, y, w, h, { ...THIN, size: 18 });
    }
    days.forEach((day, i) => {
      drawing.box(side + i * w, 0, w, h * 0.75, {
        ...{ color: "blue", width: 1, fill: "blue", pattern: "solid", opacity: 0.9 },
        ...{ text: "", size: 18 },
      });
      drawing.heading(side + i * w, 18, w, day, { color: "white", size: 20 });
    });
  },
};

/** @type {Template} */
const coordinates = {
  id: "coordinates",
  name: () => t("Coordinate system"),
  paper: true,
  draw(drawing) {
    const [unit, reach] = [40, 10];
    const end = unit * reach;
    for (let i = -reach; i <= reach; i++) {
      across(drawing, -end, i * unit, 2 * end, {
        ...THIN,
        color: i % 5 === 0 ? "grey" : "#d5d4d0",
      });
      down(drawing, i * unit, -end, 2 * end, { ...THIN, opacity: i % 5 === 0 ? 1 : 0.4 });
    }
    drawing.arrow([
      [-end - 20, 0],
      [end + 32, 0],
    ]);
    drawing.arrow([
      [0, end + 20],
      [0, -end - 32],
    ]);
    drawing.text(end + 20, 12, "x", { italic: true, font: "serif", size: 24 });
    drawing.text(16, -end - 40, "y", { italic: true, font: "serif", size: 24 });
    for (let i = -reach; i <= reach; i += 2) {
      if (i === 0) continue;
      drawing.heading(i * unit - 20, 6, 40, String(i), { size: 14, bold: false });
      drawing.text(-34, -i * unit - 10, String(i), { size: 14, w: 26, wrap: true, align: "end" });
    }
  },
};

/** @type {Template} */
const numberLine = {
  id: "number-line",
  name: () => t("Number line"),
  paper: true,
  draw(drawing) {
    drawing.arrow([
      [-20, 0],
      [1060, 0],
    ]);
    for (let i = 0; i <= 20; i++) {
      const half = i % 5 === 0 ? 14 : 8;
      down(drawing, i * 50, -half, 2 * half, { color: "black", width: 2 });
      drawing.heading(i * 50 - 25, 20, 50, String(i), {
        size: i % 5 === 0 ? 18 : 14,
        bold: i % 5 === 0,
      });
    }
  },
};

/** @type {Template} */
const music = {
  id: "music",
  name: () => t("Music paper"),
  paper: true,
  draw(drawing) {
    const [gap, width] = [14, 1000];
    for (let stave = 0; stave < 8; stave++) {
      const top = stave * gap * 9;
      for (let line = 0; line < 5; line++)
        across(drawing, 0, top + line * gap, width, { color: "black", width: 1 });
      for (const x of [0, width]) down(drawing, x, top, 4 * gap, { color: "black", width: 1 });
    }
  },
};

/** @type {Template} */
const cornell = {
  id: "cornell",
  name: () => t("Cornell notes"),
  paper: true,
  draw(drawing) {
    const [w, h, cues, summary] = [800, 1100, 240, 880];
    drawing.box(0, 0, w, h, { color: "grey", width: 2 });
    drawing.text(20, 16, t("Topic"), { color: "grey", size: 18, bold: true });
    across(drawing, 0, 90, w, { color: "grey", width: 2 });
    down(drawing, cues, 90, summary - 90, { color: "red", width: 2 });
    across(drawing, 0, summary, w, { color: "grey", width: 2 });
    drawing.text(20, 104, t("Questions and keywords"), { ...GREY_WORDS, w: cues - 40, wrap: true });
    drawing.text(cues + 20, 104, t("Notes"), GREY_WORDS);
    drawing.text(20, summary + 14, t("Summary"), GREY_WORDS);
    for (let y = 170; y < summary - 20; y += 40) across(drawing, cues + 20, y, w - cues - 40, PALE);
    for (let y = summary + 80; y < h - 20; y += 40) across(drawing, 20, y, w - 40, PALE);
  },
};
const GREY_WORDS = { color: "grey", size: 18, bold: true };
const PALE = { color: "grey", width: 1, opacity: 0.4 };

/** @type {Template} */
const known = {
  id: "known",
  name: () => t("Know, want to know, learned"),
  draw(drawing) {
    const names = [t("What we know"), t("What we want to know"), t("What we learned")];
    const colors = ["teal", "violet", "green"];
    names.forEach((name, i) => {
      const color = colors[i] ?? "grey";
      drawing.box(i * 400, 0, 384, 600, { color, round: true });
      drawing.heading(i * 400 + 16, 18, 352, name, { color, size: 22 });
      across(drawing, i * 400 + 16, 70, 352, { color, width: 2 });
    });
  },
};

/** @type {Template} */
const handwriting = {
  id: "handwriting",
  name: () => t("Handwriting lines"),
  paper: true,
  draw(drawing) {
    for (let row = 0; row < 8; row++) {
      const y = row * 110;
      across(drawing, 0, y, 1000, { color: "blue", width: 1 });
      drawing.line(
        [
          [0, y + 30],
          [1000, y + 30],
        ],
        { color: "blue", width: 1, dash: "dashed" },
      );
      across(drawing, 0, y + 60, 1000, { color: "red", width: 1 });
    }
  },
};

export const teaching = [timetable, coordinates, numberLine, music, handwriting, cornell, known];
