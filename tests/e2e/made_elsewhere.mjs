// Files that other programs' own packages have made, into a folder: a drawing of tldraw and a PDF.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PDFDocument, rgb } from "@cantoo/pdf-lib";
import { TldrawFile, toRichText } from "../js/support/tldraw-file.js";

const [folder = "."] = process.argv.slice(2);

const drawing = new TldrawFile();
const one = drawing.shape("geo", { richText: toRichText("one"), color: "blue", fill: "solid" });
const two = drawing.shape("note", { richText: toRichText("two") }, { x: 300 });
const arrow = drawing.shape("arrow");
drawing.bind(arrow, one, "start");
drawing.bind(arrow, two, "end");
drawing.page("Second").shape("text", { richText: toRichText("on the other page") });
drawing.shape("video");
writeFileSync(join(folder, "lesson.tldr"), drawing.text());

const pdf = await PDFDocument.create();
for (const [w, h] of /** @type {const} */ ([
  [595.28, 841.89],
  [400, 300],
])) {
  const page = pdf.addPage([w, h]);
  page.drawText("Exercise", { x: 40, y: h - 80, size: 32 });
  page.drawRectangle({ x: 40, y: 40, width: 120, height: 60, color: rgb(0.2, 0.4, 0.9) });
}
writeFileSync(join(folder, "paper.pdf"), await pdf.save());
