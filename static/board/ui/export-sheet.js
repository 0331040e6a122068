// The sheet in which somebody chooses what of the board goes into a file, of which kind, and how it looks.

import { t } from "../core/translate.js";
import { FORMATS } from "../exchange/formats.js";
import { copyAsSvg, copyPng, mayCopyPictures } from "./clipboard-picture.js";
import { byId, make } from "./dom.js";
import { download, fileName } from "./download.js";
import { sheetOf, wantedFor, whatThereIs } from "./export-choices.js";
import { extensionOf, fileOf } from "./export-files.js";
import { choiceOf, field, nameField, switchOf } from "./export-parts.js";
import { Preview } from "./export-preview.js";
import { print } from "./export-print.js";
import { Work } from "./export-work.js";
import { openSheet } from "./sheet.js";
import { styles } from "./stylesheet.js";
import { shownTheme } from "./theme.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./export-choices.js").Choices} Choices
 * @typedef {import("./export-choices.js").FormatId} FormatId
 */

/** In the order in which they are wanted most. @type {readonly FormatId[]} */
const OFFERED = ["png", "svg", "pdf", "board"];
const SCALES = [1, 2, 3];

/** What was chosen last, while the page is open. @type {Pick<Choices, "format" | "scale" | "transparent">} */
const last = { format: "png", scale: 2, transparent: false };

/** @param {Editor} editor @param {import("./config.js").Config} config @param {string} [paper] */
export async function openExport(editor, config, paper = "blank") {
  await styles("export-styles");
  const sheet = new ExportSheet(editor, config, paper);
  const dialog = await openSheet({ name: "export", title: t("Export"), content: sheet.content });
  if (!dialog) return;
  dialog.addEventListener("close", () => sheet.close());
  sheet.refresh();
}

class ExportSheet {
  /** @param {Editor} editor @param {import("./config.js").Config} config @param {string} paper */
  constructor(editor, config, paper) {
    this.editor = editor;
    this.title = byId("title", HTMLInputElement).value || config.title;
    this.about = { title: this.title, assets: config.assets, paper };
    const [what = "all"] = whatThereIs(editor);
    /** @type {Choices} */
    this.choices = { what, theme: shownTheme(), ...last };
    this.preview = new Preview();
    this.work = new Work();
    this.name = nameField(this.title);
    this.controls = this.#controls();
    this.actions = this.#actions();
    this.content = this.#layout();
  }

  close() {
    this.preview.close();
    this.work.cancel();
  }

  /** What is shown and offered, after a choice. */
  refresh() {
    const { choices, controls, name, actions } = this;
    const { format } = choices;
    Object.assign(last, { format, scale: choices.scale, transparent: choices.transparent });
    for (const { refresh } of Object.values(controls)) refresh();
    controls.what.row.hidden = whatThereIs(this.editor).length < 2;
    controls.scale.row.hidden = format !== "png";
    controls.theme.row.hidden = controls.transparent.row.hidden = format === "board";
    const wanted = this.wanted();
    name.setExtension(extensionOf(wanted, this.format));
    const copies = format === "png" || format === "svg";
    actions.copy.hidden = !copies || !mayCopyPictures();
    actions.print.hidden = format === "board";
    this.work.say(
      copies && !mayCopyPictures()
        ? t("Pictures can be copied only over a secure connection (https).")
        : "",
    );
    this.preview.show(wanted, format);
  }

  wanted() {
    return wantedFor(this.editor, this.choices, this.about);
  }

  get format() {
    const found = FORMATS.find(({ id }) => id === this.choices.format);
    if (!found) throw new Error(`there is no format ${this.choices.format}`);
    return found;
  }

  /** @param {Partial<Choices>} choice */
  #choose(choice) {
    Object.assign(this.choices, choice);
    this.refresh();
  }

  // -- its parts ---------------------------------------------------------------------------------------

  #controls() {
    const { choices } = this;
    const pages = sheetOf(this.editor).pages().length;
    const names = {
      frame: t("This frame"),
      selection: t("Selection"),
      page: t("This page"),
      all: pages > 1 ? t("All pages") : t("Whole board"),
    };
    return {
      what: choiceOf(
        t("What"),
        whatThereIs(this.editor).map((value) => ({ value, label: names[value] })),
        () => choices.what,
        (what) => this.#choose({ what }),
      ),
      format: choiceOf(
        t("Format"),
        OFFERED.map((value) => ({ value, label: labelOf(value) })),
        () => choices.format,
        (format) => this.#choose({ format }),
      ),
      scale: choiceOf(
        t("Size"),
        SCALES.map((value) => ({ value, label: `${value}×` })),
        () => choices.scale,
        (scale) => this.#choose({ scale }),
      ),
      theme: choiceOf(
        t("Theme"),
        [
          { value: /** @type {const} */ ("light"), label: t("Light") },
          { value: /** @type {const} */ ("dark"), label: t("Dark") },
        ],
        () => choices.theme,
        (theme) => this.#choose({ theme }),
      ),
      transparent: switchOf(
        t("Transparent background"),
        () => choices.transparent,
        (transparent) => this.#choose({ transparent }),
      ),
    };
  }

  #actions() {
    const button = (/** @type {string} */ label, /** @type {() => void} */ run) => {
      const made = make("button", { type: "button", class: "text-button" }, label);
      made.addEventListener("click", run);
      return made;
    };
    return {
      print: button(t("Print…"), () => this.#run((signal) => this.#print(signal))),
      copy: button(t("Copy"), () => this.#run(() => this.#copy())),
      download: make("button", { type: "submit", class: "primary" }, t("Download")),
    };
  }

  #layout() {
    const { what, format, scale, theme, transparent } = this.controls;
    const { print: printing, copy, download: downloading } = this.actions;
    const form = make(
      "form",
      { class: "export-choices" },
      ...[what, format, scale, theme, transparent].map(({ row }) => row),
      field(t("File name"), this.name.control),
      this.work.line,
      make("div", { class: "export-actions" }, printing, copy, downloading),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#run((signal) => this.#download(signal));
    });
    return make("div", { class: "export" }, this.preview.figure, form);
  }

  // -- what it does ------------------------------------------------------------------------------------

  /** One thing at a time. @param {(signal: AbortSignal) => Promise<string>} job gives what is to be said */
  async #run(job) {
    const { download: downloading, copy, print: printing } = this.actions;
    const all = [downloading, copy, printing];
    if (this.work.busy) return;
    for (const one of all) one.setAttribute("aria-disabled", "true");
    await this.work.run(job);
    for (const one of all) one.removeAttribute("aria-disabled");
  }

  /** @param {AbortSignal} signal */
  async #download(signal) {
    const { format, work } = this;
    const wanted = this.wanted();
    let lost = 0;
    const told = (/** @type {number} */ part) => work.progress(part);
    const file = await fileOf(wanted, format, { signal, told, lost: () => lost++ });
    download(file, fileName(this.name.value, extensionOf(wanted, format)));
    return lost > 0
      ? t("The file is ready, but some pictures couldn't be reached and are missing.")
      : t("The file is ready.");
  }

  async #copy() {
    const [wanted] = this.wanted();
    const copy = this.choices.format === "svg" ? copyAsSvg : copyPng;
    if (wanted && (await copy(wanted))) return t("The picture is copied.");
    return t("This browser doesn't let pictures be copied here.");
  }

  /** @param {AbortSignal} signal */
  async #print(signal) {
    await print(
      this.wanted().flatMap((wanted) =>
        wanted.pages.map((page) => ({ ...wanted, pages: [page], signal })),
      ),
    );
    return "";
  }
}

/** @param {FormatId} id */
function labelOf(id) {
  return FORMATS.find((format) => format.id === id)?.label() ?? id;
}
