// Places, looks and texts of Excalidraw's elements as ours have them. Pure.

import { allows } from "../core/schema.js";
import { t } from "../core/translate.js";
import { hundredths } from "../elements/kind.js";
import { between, listOf, numberIn, textIn } from "./reading.js";
import { colorOf } from "./reading-colors.js";
import { opacityOf, turnOf } from "./reading-places.js";

/**
 * @typedef {import("./gathering.js").Gathering} Gathering
 * @typedef {import("./reading.js").Found} Found
 */

const PATTERNS = new Map([
  ["hachure", "hachure"],
  ["cross-hatch", "cross"],
  ["zigzag", "zigzag"],
  ["zigzag-line", "zigzag"],
  ["dots", "dots"],
]);
const DASHES = new Map([
  ["dashed", "dashed"],
  ["dotted", "dotted"],
]);
/** Their numbers: the hand-written ones are their first font and the one that followed it. */
const FONTS = new Map([
  [1, "hand"],
  [5, "hand"],
  [3, "mono"],
  [8, "mono"],
]);
/** Without a font of ours that is like it: the broad one of posters. */
const UNLIKE = new Set([7]);
const ALIGNS = new Map([
  ["left", "start"],
  ["center", "center"],
  ["right", "end"],
]);
const VALIGNS = new Set(["top", "middle", "bottom"]);
const GROUPS_MAX = 8;
const SEED_MAX = 2 ** 31 - 1;

/** Where it lies and what it belongs to. @param {Gathering} gathering @param {Found} element */
export function placeOf(gathering, element) {
  const [w, h] = [numberIn(element.width), numberIn(element.height)];
  return {
    x: hundredths(numberIn(element.x) + Math.min(0, w)),
    y: hundredths(numberIn(element.y) + Math.min(0, h)),
    w: hundredths(Math.abs(w)),
    h: hundredths(Math.abs(h)),
    angle: turnOf(numberIn(element.angle)),
    ...belongingOf(gathering, element),
  };
}

/** @param {Gathering} gathering @param {Found} element */
export function belongingOf(gathering, element) {
  const groups = listOf(element.groupIds).filter((id) => textIn(id) !== "");
  const link = textIn(element.link);
  const leads = link !== "" && allows("link", link);
  if (link !== "" && !leads) gathering.leave(t("Links that lead nowhere from here"));
  return {
    // Theirs start with the innermost one.
    group: groups.reverse().slice(0, GROUPS_MAX).join("/") || undefined,
    frame: textIn(element.frameId) || undefined,
    locked: element.locked === true || undefined,
    link: leads ? link : undefined,
  };
}

/** Null: nothing of it can be seen. @param {Gathering} gathering @param {Found} element */
export function looksOf(gathering, element) {
  const fill = colorOf(element.backgroundColor);
  const ink = colorOf(element.strokeColor);
  const color = ink ?? fill;
  if (!color) {
    gathering.leave(t("Elements that can't be seen"));
    return null;
  }
  return {
    color,
    // Without an outline it has the thinnest one of its own colour.
    width: ink ? between(element.strokeWidth, 0.01, 1000) : 0.01,
    fill: fill ?? undefined,
    pattern: fill ? PATTERNS.get(textIn(element.fillStyle)) : undefined,
    dash: DASHES.get(textIn(element.strokeStyle)),
    opacity: opacityOf(numberIn(element.opacity, 100) / 100),
    ...(numberIn(element.roughness) > 0 && { look: "drawn", seed: seedOf(element.seed) }),
  };
}

/** @param {unknown} seed */
function seedOf(seed) {
  return Math.floor(between(seed, 0, SEED_MAX));
}

/** A text on its own, in a shape or at a line. @param {Gathering} gathering @param {Found} element */
export function writtenIn(gathering, element) {
  // With the line ends that its writer has made, not those that their box made.
  const bound = textIn(element.containerId) !== "" || element.autoResize === false;
  const text = (bound && textIn(element.originalText)) || textIn(element.text);
  const valign = textIn(element.verticalAlign);
  if (UNLIKE.has(numberIn(element.fontFamily))) gathering.leave(t("Fonts of other kinds"));
  return {
    text: gathering.text(text),
    size: between(element.fontSize, 1, 2000),
    font: FONTS.get(numberIn(element.fontFamily)),
    align: ALIGNS.get(textIn(element.textAlign)),
    valign: VALIGNS.has(valign) ? valign : undefined,
  };
}
