// What somebody says, below the name at their pointer, in lines that are easy to read.

import { textColorOn } from "../elements/ink.js";
import { FONT, plain } from "./cursors.js";

/** In pixels, from the pointer's tip. */
const PLACE = { x: 12, y: 42 };
const BUBBLE = { padding: 9, radius: 10, line: 19, width: 220 };
const LINES_MAX = 6;
const CHAT_FONT = FONT.replace("500 12px", "400 14px");
/** Isolated, so that a text from right to left doesn't turn what is around it. */
const ISOLATE = ["\u2068", "\u2069"];

/** @param {CanvasRenderingContext2D} ctx which stands at the pointer's tip @param {string} text @param {string} ink @param {string} edge */
export function paintChat(ctx, text, ink, edge) {
  ctx.font = CHAT_FONT;
  const lines = linesOf(plain(text), (part) => ctx.measureText(part).width);
  if (lines.length === 0) return;
  const width = Math.max(...lines.map((line) => ctx.measureText(line).width));
  ctx.beginPath();
  ctx.roundRect(
    PLACE.x,
    PLACE.y,
    Math.ceil(width) + 2 * BUBBLE.padding,
    lines.length * BUBBLE.line + BUBBLE.padding,
    BUBBLE.radius,
  );
  ctx.strokeStyle = edge;
  ctx.lineWidth = 2;
  ctx.stroke();
  ctx.fillStyle = ink;
  ctx.fill();
  ctx.fillStyle = textColorOn(ink);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const [i, line] of lines.entries()) {
    const y = PLACE.y + BUBBLE.padding / 2 + (i + 0.5) * BUBBLE.line + 0.5;
    ctx.fillText(ISOLATE.join(line), PLACE.x + BUBBLE.padding, y);
  }
}

/** Broken between words where there are some, else anywhere. @param {string} text @param {(part: string) => number} widthOf */
export function linesOf(text, widthOf) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of text.split(/(?<=\s)/)) {
    for (const part of widthOf(word) > BUBBLE.width ? [...word] : [word]) {
      if (line && widthOf((line + part).trimEnd()) > BUBBLE.width) {
        lines.push(line.trimEnd());
        line = "";
      }
      line += part;
    }
  }
  if (line.trim()) lines.push(line.trimEnd());
  return lines.length > LINES_MAX ? [...lines.slice(0, LINES_MAX - 1), "…"] : lines;
}
