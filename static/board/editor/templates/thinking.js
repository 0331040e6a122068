// Templates for ideas: how things belong together, and what leads to what.

import { t } from "../../core/translate.js";

/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {import("./template.js").Template} Template */

/** `-0` is no number of the protocol. @param {number} value */
function whole(value) {
  return Math.round(value) || 0;
}

/** @type {Template} */
const mindMap = {
  id: "mind-map",
  name: () => t("Mind map"),
  draw(drawing) {
    const colors = ["red", "orange", "green", "teal", "blue", "violet"];
    const middle = drawing.shape("ellipse", -120, -60, 240, 120, {
      ...{ fill: "yellow", pattern: "solid", text: t("Topic"), size: 28, bold: true },
    });
    colors.forEach((color, i) => {
      const turn = ((i + 0.5) / colors.length) * 2 * Math.PI;
      const [x, y] = [whole(Math.cos(turn) * 420), whole(Math.sin(turn) * 230)];
      const idea = drawing.box(x - 90, y - 36, 180, 72, {
        ...{ color, round: true, text: t("Idea"), size: 20 },
      });
      const way = /** @type {const} */ ([
        [whole(x * 0.28), whole(y * 0.26)],
        [whole(x * 0.8), whole(y * 0.84)],
      ]);
      drawing.connector(middle, idea, way, { color, width: 3, head: "none", curve: true });
    });
  },
};

/** @type {Template} */
const venn = {
  id: "venn",
  name: () => t("Venn diagram"),
  draw(drawing) {
    const circles = [
      { x: 0, color: "blue", name: t("Only the first") },
      { x: 300, color: "orange", name: t("Only the second") },
    ];
    for (const { x, color } of circles)
      drawing.shape("ellipse", x, 0, 500, 500, {
        ...{ color, width: 4, fill: color, pattern: "solid", opacity: 0.25 },
      });
    drawing.heading(30, 40 - 100, 440, circles[0]?.name ?? "", { color: "blue" });
    drawing.heading(330, 40 - 100, 440, circles[1]?.name ?? "", { color: "orange" });
    drawing.heading(310, 240, 180, t("Both"), { size: 22 });
  },
};

/** @type {Template} */
const flow = {
  id: "flow",
  name: () => t("Flowchart"),
  draw(drawing) {
    const text = { size: 20, round: true };
    const start = drawing.shape("ellipse", -90, 0, 180, 80, { ...text, text: t("Start") });
    const step = drawing.box(-110, 150, 220, 90, { ...text, text: t("A step") });
    const question = drawing.shape("diamond", -130, 310, 260, 160, {
      ...{ size: 20, text: t("A question?") },
    });
    const end = drawing.shape("ellipse", -90, 550, 180, 80, { ...text, text: t("End") });
    const other = drawing.box(320, 345, 220, 90, { ...text, text: t("Another step") });
    drawing.connector(start, step, [
      [0, 84],
      [0, 146],
    ]);
    drawing.connector(step, question, [
      [0, 244],
      [0, 306],
    ]);
    drawing.connector(
      question,
      end,
      [
        [0, 474],
        [0, 546],
      ],
      { text: t("Yes"), size: 18 },
    );
    drawing.connector(
      question,
      other,
      [
        [134, 390],
        [316, 390],
      ],
      { text: t("No"), size: 18 },
    );
    const back = /** @type {const} */ ([
      [430, 341],
      [430, 195],
      [114, 195],
    ]);
    // At its left side the answer arrives.
    drawing.connector(`${other}@0.5,0`, step, back, { route: "elbow" });
  },
};

/** @type {Template} */
const fishbone = {
  id: "fishbone",
  name: () => t("Causes and effect"),
  draw(drawing) {
    drawing.arrow(
      [
        [0, 0],
        [900, 0],
      ],
      { width: 4 },
    );
    drawing.box(912, -60, 220, 120, { text: t("Effect"), size: 26, bold: true, round: true });
    const causes = [t("People"), t("Ways of working"), t("Tools"), t("Surroundings")];
    causes.forEach((cause, i) => {
      const up = i % 2 === 0 ? -1 : 1;
      const x = 140 + Math.floor(i / 2) * 380;
      drawing.line([
        [x, up * 240],
        [x + 180, 0],
      ]);
      drawing.heading(x - 140, up * 240 + (up < 0 ? -40 : 12), 280, cause);
    });
  },
};

/** @type {Template} */
const storyboard = {
  id: "storyboard",
  name: () => t("Storyboard"),
  draw(drawing) {
    for (let i = 0; i < 6; i++) {
      const [x, y] = [(i % 3) * 400, Math.floor(i / 3) * 360];
      drawing.box(x, y, 376, 220, { color: "grey" });
      drawing.text(x, y + 232, `${i + 1}.`, { bold: true, color: "grey" });
      drawing.line(
        [
          [x + 32, y + 262],
          [x + 376, y + 262],
        ],
        { color: "grey", width: 1 },
      );
      drawing.line(
        [
          [x, y + 300],
          [x + 376, y + 300],
        ],
        { color: "grey", width: 1 },
      );
    }
  },
};

export const thinking = [mindMap, flow, venn, fishbone, storyboard];
