// One page of a PDF: its size, what is written on it, what that names, and its links.

import { destinationOf } from "../editor/links.js";
import { kindOf } from "../elements/index.js";
import { canvasColor } from "../elements/ink.js";
import { deflated } from "./inflating.js";
import { markContent, matrixOperands, num } from "./pdf-writing.js";
import { STEP } from "./recording-path.js";

/**
 * @typedef {import("../../npm/pdf-lib.js").PDFDocument} PDFDocument
 * @typedef {import("../../npm/pdf-lib.js").PDFRef} PDFRef
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./page-writing.js").Recorded} Recorded
 * @typedef {import("./pdf-fonts.js").Piece} Piece
 * @typedef {import("./pdf-writing.js").Written} Written
 * @typedef {import("./recording.js").Picture} Picture
 * @typedef {import("./recording.js").Text} Text
 * @typedef {typeof import("../../npm/pdf-lib.js")} PdfLib
 */

/** @typedef {{ref: PDFRef, box: {x: number, y: number, w: number, h: number}}} Drawn */
/** What had to be waited for. @typedef {{texts: Map<Text, {piece: Piece, picture: Drawn | null}[]>, pictures: Map<Picture, PDFRef>}} Prepared */

/** A place that something leads to. @typedef {(PDFRef | string | number | null)[]} Spot */

/** Readers of PDFs take no larger pages. */
const SIDE_MAX = 14_400;
const SIDE_MIN = 3;
/** Also of letters: no text is measured by more. */
const MEASURED_AT = 1000;
const BOLD = 600;
/** Between a place that a link leads to and the window's corner. */
const MARGIN = 24;

export class PdfPage {
  /** @type {Map<string, string>} names by what they stand for */
  #names = new Map();

  /** @param {PDFDocument} file @param {PdfLib} lib @param {Recorded} page */
  constructor(file, lib, page) {
    this.file = file;
    this.lib = lib;
    this.page = page;
    this.scale = Math.min(1, SIDE_MAX / Math.max(page.width, page.height));
    this.width = Math.max(SIDE_MIN, page.width * this.scale);
    this.height = Math.max(SIDE_MIN, page.height * this.scale);
    this.sheet = file.addPage([this.width, this.height]);
    const { context } = file;
    this.groups = {
      Font: context.obj({}),
      XObject: context.obj({}),
      ExtGState: context.obj({}),
    };
    this.resources = context.register(context.obj(this.groups));
  }

  /** @param {Prepared} prepared @param {import("./pace.js").Pace} pace */
  async write(prepared, pace) {
    const { context } = this.file;
    const { PDFName } = this.lib;
    const place = `${matrixOperands([this.scale, 0, 0, -this.scale, 0, this.height])} cm\n`;
    const content = await deflated(
      new TextEncoder().encode(place + (await this.#content(prepared, pace))),
      pace,
    );
    const { node } = this.sheet;
    node.set(PDFName.of("Resources"), this.resources);
    node.set(
      PDFName.of("Contents"),
      context.register(context.stream(content, { Filter: "FlateDecode" })),
    );
    // What blends with it blends in the colours of screens.
    node.set(PDFName.of("Group"), context.obj(transparency()));
  }

  /** @param {Prepared} prepared @param {import("./pace.js").Pace} pace */
  async #content(prepared, pace) {
    const { background, paper, parts, width, height } = this.page;
    /** @type {import("./recording.js").Mark[]} */
    const marks = [...paper, ...parts.flatMap((part) => part.marks)];
    if (background && background !== canvasColor("light")) {
      const path = [
        STEP.move,
        0,
        0,
        STEP.line,
        width,
        0,
        STEP.line,
        width,
        height,
        STEP.line,
        0,
        height,
        STEP.close,
      ];
      marks.unshift({
        type: "fill",
        path,
        color: background,
        rule: "nonzero",
        alpha: 1,
        blend: "source-over",
        clip: null,
      });
    }
    /** @type {import("./pdf-writing.js").Resources} */
    const resources = {
      state: (alpha, blend) => this.#state(alpha, blend),
      written: (text) =>
        (prepared.texts.get(text) ?? []).flatMap((one) => this.#written(one, text)),
      picture: (picture) => {
        const ref = prepared.pictures.get(picture);
        return ref ? this.#name("XObject", ref) : null;
      },
      layer: (content) => this.#layer(content),
    };
    /** @type {string[]} */
    const content = [];
    for (const mark of marks) {
      content.push(markContent(mark, resources));
      await pace.rest();
    }
    return content.join("");
  }

  /** @param {{piece: Piece, picture: Drawn | null}} one @param {Text} text @returns {Written[]} */
  #written({ piece: { text: words, face, at, width }, picture }, { size, weight, italic }) {
    if (picture) return [{ at, picture: this.#name("XObject", picture.ref), box: picture.box }];
    if (!face) return [];
    const { font, standard, bold } = face;
    // Kerned by nobody, letter stands beside letter.
    const natural = standard
      ? [...words].reduce((sum, one) => sum + font.widthOfTextAtSize(one, MEASURED_AT), 0)
      : font.widthOfTextAtSize(words, MEASURED_AT);
    return [
      {
        at,
        width,
        natural: (natural * size) / MEASURED_AT,
        font: this.#name("Font", font.ref),
        glyphs: String(font.encodeText(words)),
        bold: weight >= BOLD && !bold,
        slant: !standard && italic,
      },
    ];
  }

  /** @param {"Font" | "XObject"} group @param {PDFRef} ref */
  #name(group, ref) {
    return this.#named(group, String(ref), () => ref);
  }

  /** @param {number} alpha @param {string} blend */
  #state(alpha, blend) {
    const ca = Number(num(alpha));
    return this.#named("ExtGState", `${ca} ${blend}`, () =>
      this.file.context.obj({ Type: "ExtGState", ca, CA: ca, BM: blend }),
    );
  }

  /** @param {string} content */
  #layer(content) {
    const { width, height } = this.page;
    const { context } = this.file;
    const form = context.flateStream(content, {
      Type: "XObject",
      Subtype: "Form",
      BBox: [0, 0, width, height],
      Group: transparency(),
      Resources: this.resources,
    });
    return this.#name("XObject", context.register(form));
  }

  /** @param {keyof PdfPage["groups"]} group @param {string} meaning @param {() => import("../../npm/pdf-lib.js").PDFObject} make */
  #named(group, meaning, make) {
    const key = `${group} ${meaning}`;
    const known = this.#names.get(key);
    if (known) return known;
    const name = `${group.charAt(0)}${this.#names.size}`;
    this.#names.set(key, name);
    this.groups[group].set(this.lib.PDFName.of(name), make());
    return name;
  }

  // -- links -------------------------------------------------------------------------------------------

  /** @param {readonly PdfPage[]} all the pages of the file */
  link(all) {
    const { context } = this.file;
    for (const { element } of this.page.parts) {
      const to = typeof element.link === "string" ? this.#target(element.link, all) : null;
      if (!to) continue;
      const annotation = context.obj({
        ...{ Type: "Annot", Subtype: "Link", Border: [0, 0, 0] },
        Rect: this.#rect(kindOf(element).bounds(element)),
        ...to,
      });
      this.sheet.node.addAnnot(context.register(annotation));
    }
  }

  /** @param {string} link @param {readonly PdfPage[]} all */
  #target(link, all) {
    const to = destinationOf(link);
    switch (to?.type) {
      case "away":
        return { A: { S: "URI", URI: this.lib.PDFHexString.of(hexOf(to.address)) } };
      case "page":
        return destination(all.find(({ page }) => page.key === to.page)?.whole());
      case "view":
        return destination(all.find(({ page }) => page.key === to.page)?.part(to.bounds));
      case "element":
        return destination(all.map((one) => one.#place(to.key)).find((place) => place));
      default:
        return null;
    }
  }

  /** All of it, as a place to go to. @returns {Spot} */
  whole() {
    return [this.sheet.ref, "Fit"];
  }

  /** @param {Bounds} bounds @returns {Spot} */
  part(bounds) {
    return [this.sheet.ref, "FitR", ...this.#rect(bounds)];
  }

  /** As large as it is looked at anyway, with the element's corner in the window's. @param {string} key @returns {Spot | null} */
  #place(key) {
    const element = this.page.parts.find((part) => part.key === key)?.element;
    if (!element) return null;
    const [left = 0, , , top = 0] = this.#rect(kindOf(element).bounds(element));
    return [this.sheet.ref, "XYZ", Math.max(0, left - MARGIN), top + MARGIN, null];
  }

  /** Left, lower, right and upper side on the sheet. @param {Bounds} bounds */
  #rect({ minX, minY, maxX, maxY }) {
    const { left, top } = this.page;
    const across = (/** @type {number} */ x) => (x - left) * this.scale;
    const up = (/** @type {number} */ y) => this.height - (y - top) * this.scale;
    return [across(minX), up(maxY), across(maxX), up(minY)];
  }
}

/** @param {Spot | null | undefined} place */
function destination(place) {
  return place ? { Dest: place } : null;
}

function transparency() {
  return { Type: "Group", S: "Transparency", CS: "DeviceRGB" };
}

/** @param {string} address */
function hexOf(address) {
  return Array.from(new TextEncoder().encode(address), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
