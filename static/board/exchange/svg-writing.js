// A page as an SVG that looks the same wherever it is opened: nothing in it points outside, nothing in it runs. Pure.

import { destinationOf } from "../editor/links.js";
import { hexOf, partsOf } from "./colors-writing.js";
import { Pace } from "./pace.js";
import { SIZES, STEP } from "./recording-path.js";

/**
 * @typedef {import("./page-writing.js").Recorded} Recorded
 * @typedef {import("./recording.js").Clip} Clip
 * @typedef {import("./recording.js").Fill} Fill
 * @typedef {import("./recording.js").Laid} Laid
 * @typedef {import("./recording.js").Mark} Mark
 * @typedef {import("./recording.js").Picture} Picture
 * @typedef {import("./recording.js").Stroke} Stroke
 * @typedef {import("./recording.js").Text} Text
 */

/** A file of a font, as base64. @typedef {{family: string, weight: number, range: string, data: string}} Face */
/** What goes into the file beside the marks; `pictures`: their data as addresses. @typedef {{title: string, faces: readonly Face[], pictures: ReadonlyMap<Picture, string>}} Beside */

/** Hundredths of a unit can't be told apart. */
const PLACES = 100;
/** Of parts of a whole, as opacity and turns are. */
const PARTS = 10_000;
const LETTERS = ["m", "l", "q", "c", "z"];
const BLENDS = new Set(["multiply", "screen", "darken", "lighten", "overlay"]);
/** Whoever opens it must not come to know where from (S8). */
const AWAY = 'target="_blank" rel="noopener noreferrer"';
/** XML has no way to write these, not even escaped. */
const UNWRITABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} text */
export function escaped(text) {
  return text.replace(UNWRITABLE, "").replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? "");
}

/** As short as it can be. @param {number} value @param {number} places */
function short(value, places = PLACES) {
  const rounded = Math.round(value * places) / places || 0;
  return String(rounded).includes("e") ? rounded.toFixed(2) : String(rounded);
}

/** The steps relative to each other, reckoned from what is written, so that nothing adds up. @param {readonly number[]} path */
export function pathText(path) {
  let text = "";
  let [x, y, startX, startY] = [0, 0, 0, 0];
  let before = "";
  for (let at = 0; at < path.length; ) {
    const step = Number(path[at]);
    const end = at + 1 + (SIZES[step] ?? 0);
    const [fromX, fromY] = [x, y];
    // The same letter needn't be said again.
    let letter = LETTERS[step] ?? "";
    if (letter === before && step !== STEP.move) letter = "";
    else before = letter;
    for (let i = at + 1; i < end; i += 2) {
      x = Math.round(Number(path[i]) * PLACES);
      y = Math.round(Number(path[i + 1]) * PLACES);
      text += joined(letter, x - fromX) + joined("", y - fromY);
      letter = "";
    }
    if (step === STEP.move) [startX, startY] = [x, y];
    if (step === STEP.close) {
      text += letter;
      [x, y] = [startX, startY];
    }
    at = end;
  }
  return text;
}

/** @param {string} letter @param {number} hundredths */
function joined(letter, hundredths) {
  const size = Math.abs(hundredths);
  const number = size < KEPT ? (SHORT[size] ?? shortened(size)) : shortened(size);
  if (hundredths < 0) return `${letter}-${number}`;
  return letter ? letter + number : ` ${number}`;
}

/** By far the most of a file, and most are small. @type {string[]} */
const SHORT = [];
const KEPT = 4096;

/** @param {number} hundredths not negative */
function shortened(hundredths) {
  const number = String(hundredths / PLACES);
  const short = hundredths > 0 && hundredths < PLACES ? number.slice(1) : number;
  if (hundredths < KEPT) SHORT[hundredths] = short;
  return short;
}

/** @param {Recorded} page @param {Beside} beside @param {Pace} [pace] */
export function svgOf(page, beside, pace = new Pace(undefined)) {
  return new Writer(page, beside).write(pace);
}

class Writer {
  /** @type {string[]} */
  #defs = [];
  /** @type {Map<Clip, string>} */
  #clips = new Map();
  /** By address. @type {Map<string, string>} */
  #pictures = new Map();
  /** By what they say. @type {Map<string, string>} */
  #fonts = new Map();

  /** @param {Recorded} page @param {Beside} beside */
  constructor(page, beside) {
    this.page = page;
    this.beside = beside;
  }

  /** @param {Pace} pace */
  async write(pace) {
    const { width, height, background, paper, parts, name } = this.page;
    const { title } = this.beside;
    const [w, h] = [short(width), short(height)];
    const body = [this.#marks(paper)];
    for (const part of parts) {
      body.push(this.#part(part));
      await pace.rest();
    }
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">`,
      `<title>${escaped(title)}</title>`,
      name && `<desc>${escaped(name)}</desc>`,
      this.#style(),
      this.#defs.length > 0 && `<defs>${this.#defs.join("")}</defs>`,
      background && `<rect width="${w}" height="${h}" fill="${hexOf(partsOf(background))}"/>`,
      ...body,
      "</svg>",
    ]
      .filter(Boolean)
      .join("\n");
  }

  /** @param {Recorded["parts"][number]} part */
  #part({ element, marks }) {
    const { alt, link } = element;
    const marked = this.#marks(marks);
    const described = typeof alt === "string" && alt !== "";
    const drawn = described ? `<g role="img"><title>${escaped(alt)}</title>${marked}</g>` : marked;
    const to = typeof link === "string" ? destinationOf(link) : null;
    // What leads to a place on the board leads nowhere from here.
    return to?.type === "away" ? `<a href="${escaped(to.address)}" ${AWAY}>${drawn}</a>` : drawn;
  }

  /** Those within the same outline together. @param {readonly Mark[]} marks */
  #marks(marks) {
    let text = "";
    for (let at = 0; at < marks.length; ) {
      const first = /** @type {Mark} */ (marks[at]);
      let end = at + 1;
      while (end < marks.length && marks[end]?.clip === first.clip && isPlain(first, marks[end]))
        end++;
      const drawn = marks.slice(at, end).map((mark) => this.#mark(mark, first.clip !== null));
      text += first.clip ? this.#clipped(first, drawn.join("")) : drawn.join("");
      at = end;
    }
    return text;
  }

  /** @param {Mark} mark @param {string} drawn */
  #clipped({ clip, blend }, drawn) {
    const id = this.#clip(/** @type {Clip} */ (clip));
    return `<g clip-path="url(#${id})"${blendOf(blend)}>${drawn}</g>`;
  }

  /** @param {Clip} clip @returns {string} */
  #clip(clip) {
    const known = this.#clips.get(clip);
    if (known) return known;
    const within = clip.within ? ` clip-path="url(#${this.#clip(clip.within)})"` : "";
    const id = `clip${this.#clips.size}`;
    this.#clips.set(clip, id);
    const rule = clip.rule === "evenodd" ? ' clip-rule="evenodd"' : "";
    this.#defs.push(
      `<clipPath id="${id}"${within}><path d="${pathText(clip.path)}"${rule}/></clipPath>`,
    );
    return id;
  }

  /** @param {Mark} mark @param {boolean} clipped then how it blends stands around it */
  #mark(mark, clipped) {
    const blend = clipped ? "" : blendOf(mark.blend);
    switch (mark.type) {
      case "fill":
        return fillText(mark, blend);
      case "stroke":
        return strokeText(mark, blend);
      case "text":
        return this.#text(mark, blend);
      case "picture":
        return this.#picture(mark, blend);
      case "group":
        return `<g${seen("opacity", mark.alpha)}${blend}>${this.#marks(mark.marks)}</g>`;
    }
  }

  /** @param {Text} text @param {string} blend */
  #text(text, blend) {
    const { matrix, width, size, rtl, color, alpha } = text;
    const parts = partsOf(color);
    // Written from right to left, a line begins at its right.
    const x = rtl ? width : 0;
    const place = isUpright(matrix)
      ? `x="${short(matrix[4] + x)}" y="${short(matrix[5])}"`
      : `${x ? `x="${short(x)}" ` : ""}transform="${matrixText(matrix)}"`;
    const length = width > 0 ? ` textLength="${short(width)}" lengthAdjust="spacingAndGlyphs"` : "";
    const direction = rtl ? ' direction="rtl"' : "";
    return (
      `<text class="${this.#font(text)}" ${place} font-size="${short(size)}" fill="${hexOf(parts)}"` +
      `${seen("fill-opacity", alpha * parts.alpha)}${length}${direction}${blend} xml:space="preserve">` +
      `${escaped(text.text)}</text>`
    );
  }

  /** @param {Text} text */
  #font({ families, weight, italic }) {
    const names = families.replace(/[^\p{L}\p{N}\s,"'-]/gu, "");
    const rule = `font-family:${names};font-weight:${weight}${italic ? ";font-style:italic" : ""}`;
    const name = this.#fonts.get(rule) ?? `font${this.#fonts.size}`;
    this.#fonts.set(rule, name);
    return name;
  }

  #style() {
    if (this.#fonts.size === 0) return "";
    const faces = this.beside.faces.map(
      ({ family, weight, range, data }) =>
        `@font-face{font-family:"${family}";font-weight:${weight};unicode-range:${range};` +
        `src:url(data:font/woff2;base64,${data})format("woff2")}`,
    );
    const fonts = [...this.#fonts].map(([rule, name]) => `.${name}{${rule}}`);
    const text = "text{white-space:pre;text-rendering:geometricPrecision}";
    return `<style>${[...faces, text, ...fonts].join("\n").replace(/[<>&]/g, "")}</style>`;
  }

  /** @param {Picture} picture @param {string} blend */
  #picture(picture, blend) {
    const address = this.beside.pictures.get(picture);
    if (!address) return "";
    const { matrix, part, alpha } = picture;
    const id = this.#pictureId(address);
    const whole = part.x === 0 && part.y === 0 && part.w === 1 && part.h === 1;
    const use = `<use href="#${id}"/>`;
    const view = [part.x, part.y, part.w, part.h].map((each) => short(each, 1_000_000)).join(" ");
    const shown = whole
      ? use
      : `<svg width="1" height="1" viewBox="${view}" preserveAspectRatio="none">${use}</svg>`;
    return `<g transform="${matrixText(matrix)}"${seen("opacity", alpha)}${blend}>${shown}</g>`;
  }

  /** The same picture is in the file once. @param {string} address */
  #pictureId(address) {
    const known = this.#pictures.get(address);
    if (known) return known;
    const id = `picture${this.#pictures.size}`;
    this.#pictures.set(address, id);
    this.#defs.push(
      `<image id="${id}" width="1" height="1" preserveAspectRatio="none" href="${escaped(address)}"/>`,
    );
    return id;
  }
}

/** Whether they can stand together within one outline. @param {Mark} first @param {Mark | undefined} next */
function isPlain(first, next) {
  return first.blend === "source-over" && next?.blend === "source-over";
}

/** @param {string} blend */
function blendOf(blend) {
  return BLENDS.has(blend) ? ` style="mix-blend-mode:${blend}"` : "";
}

/** @param {string} name @param {number} alpha */
function seen(name, alpha) {
  return alpha < 1 ? ` ${name}="${short(alpha, PARTS)}"` : "";
}

/** @param {Fill} fill @param {string} blend */
function fillText({ path, color, alpha, rule }, blend) {
  const parts = partsOf(color);
  const odd = rule === "evenodd" ? ' fill-rule="evenodd"' : "";
  const opacity = seen("fill-opacity", alpha * parts.alpha);
  return `<path d="${pathText(path)}" fill="${hexOf(parts)}"${opacity}${odd}${blend}/>`;
}

/** @param {Stroke} stroke @param {string} blend */
function strokeText({ path, color, alpha, width, cap, join, dash, offset }, blend) {
  const parts = partsOf(color);
  const looks = [
    cap === "butt" ? "" : ` stroke-linecap="${cap}"`,
    join === "miter" ? "" : ` stroke-linejoin="${join}"`,
    dash.length > 0 ? ` stroke-dasharray="${dash.map((each) => short(each)).join(" ")}"` : "",
    dash.length > 0 && offset ? ` stroke-dashoffset="${short(offset)}"` : "",
    seen("stroke-opacity", alpha * parts.alpha),
  ];
  return (
    `<path d="${pathText(path)}" fill="none" stroke="${hexOf(parts)}" stroke-width="${short(width)}"` +
    `${looks.join("")}${blend}/>`
  );
}

/** @param {import("./recording-path.js").Matrix} matrix */
function isUpright([a, b, c, d]) {
  return (
    short(a, PARTS) === "1" &&
    short(d, PARTS) === "1" &&
    !Number(short(b, PARTS)) &&
    !Number(short(c, PARTS))
  );
}

/** @param {import("./recording-path.js").Matrix} matrix */
function matrixText(matrix) {
  return `matrix(${matrix.map((each, i) => short(each, i < 4 ? PARTS : PLACES)).join(" ")})`;
}
