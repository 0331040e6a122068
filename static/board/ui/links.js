// Links on the board: following them, copying those of places, and the mark on elements that have one.

import { ExternalLink, Link } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { destinationOf, linkTo, placeIn } from "../editor/links.js";
import { sheetOf } from "../editor/pages.js";
import { textOf } from "../elements/kind.js";
import { FIRST_PAGE } from "../elements/sheet.js";
import { CameraFlight, seenBy } from "../view/camera-flight.js";
import { LinkMark } from "./link-mark.js";
import { say } from "./say.js";
import { copyText } from "./share.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/links.js").Place} Place
 * @typedef {import("./commands.js").Command} Command
 */

const SCHEMA = 4;
/** Room for the bars, and a little air. */
const PADDING = { top: 120, bottom: 148, side: 64 };

/** @param {{editor: Editor, commands: import("./commands.js").Commands, canvas: HTMLElement, still: () => boolean}} parts */
export function buildLinks({ editor, commands, canvas, still }) {
  const links = new Links(editor, still);
  new LinkMark({ editor, canvas, open: (key) => links.follow(key) });
  for (const command of linkCommands(editor, links)) commands.add(command);
  links.goToFragment();
  window.addEventListener("hashchange", () => links.goToFragment());
}

export class Links {
  #editor;
  #flight;

  /** @param {Editor} editor @param {() => boolean} still */
  constructor(editor, still) {
    this.#editor = editor;
    const nextFrame = requestAnimationFrame.bind(window);
    this.#flight = new CameraFlight({ camera: editor.camera, nextFrame, still });
    editor.subscribe(({ type }) => type === "busy" && editor.busy && this.#flight.stop());
    window.addEventListener("wheel", () => this.#flight.stop(), { passive: true });
  }

  /** Where the address of the page leads. */
  goToFragment() {
    const place = placeIn(location.hash);
    if (place && !this.goTo(place)) say(t("What this link leads to is no longer on the board."));
  }

  /** @param {string} key of the element whose link it is */
  async follow(key) {
    const destination = destinationOf(textOf(this.#editor.document.get(key) ?? {}, "link"));
    if (!destination) say(t("This link leads nowhere."));
    else if (destination.type === "away")
      (await import("./link-dialog.js")).askToLeave(destination);
    else if (!this.goTo(destination)) say(t("What this link leads to is no longer on the board."));
  }

  /** Whether it is there. @param {Place} place @returns {boolean} */
  goTo(place) {
    const editor = this.#editor;
    const turner = editor.pages;
    if (!turner) return false;
    if (place.type === "page") {
      if (!turner.exists(place.page)) return false;
      turner.turnTo(place.page);
      return true;
    }
    if (place.type === "view") {
      if (!turner.exists(place.page)) return false;
      turner.turnTo(place.page);
      this.#fly(place.bounds);
      return true;
    }
    const element = sheetOf(editor).written(place.key);
    if (!element) return false;
    if (element.kind === "page") return this.goTo({ type: "page", page: place.key });
    turner.turnTo(turner.sheet.pageOf(element));
    const bounds = editor.boundsOf([place.key]);
    if (!bounds) return false;
    editor.setTool("select");
    editor.select([place.key]);
    this.#reveal(bounds);
    return true;
  }

  /** @param {import("../core/geometry.js").Bounds} bounds */
  #reveal({ minX, minY, maxX, maxY }) {
    const { camera } = this.#editor;
    const across = Math.max(1, camera.width - 2 * PADDING.side) / Math.max(1, maxX - minX);
    const down =
      Math.max(1, camera.height - PADDING.top - PADDING.bottom) / Math.max(1, maxY - minY);
    const zoom = Math.min(across, down, Math.max(camera.zoom, 0.5));
    this.#flight.flyToLook({ x: (minX + maxX) / 2, y: (minY + maxY) / 2, zoom });
  }

  /** @param {import("../core/geometry.js").Bounds} bounds */
  #fly({ minX, minY, maxX, maxY }) {
    const [width, height] = [maxX - minX, maxY - minY];
    this.#flight.flyTo({ x: (minX + maxX) / 2, y: (minY + maxY) / 2, width, height });
  }
}

/** What is in sight now. @param {Editor} editor @returns {Place} */
export function presentView({ camera, document }) {
  const { x, y, width, height } = seenBy(camera);
  const bounds = {
    minX: x - width / 2,
    minY: y - height / 2,
    maxX: x + width / 2,
    maxY: y + height / 2,
  };
  return { type: "view", bounds, page: document.page ?? FIRST_PAGE };
}

/** @param {Place} place */
async function copyLinkTo(place) {
  const address = location.origin + location.pathname + linkTo(place);
  const copied = await copyText(address);
  if (copied) say(t("Link copied"));
  else (await import("./link-dialog.js")).showAddress(address);
}

/** @param {Editor} editor @param {Links} links @returns {Command[]} */
function linkCommands(editor, links) {
  const only = () => (editor.selection.size === 1 ? [...editor.selection][0] : undefined);
  const linked = () => textOf(editor.document.get(only() ?? "") ?? {}, "link") !== "";
  const may = () =>
    !editor.readOnly && editor.session.schema >= SCHEMA && editor.mayChange(only() ?? "");
  return [
    {
      id: "link.open",
      group: "edit",
      label: () => t("Open link"),
      icon: ExternalLink,
      shortcuts: ["Alt+Enter"],
      run: () => links.follow(only() ?? ""),
      enabled: linked,
    },
    {
      id: "link.edit",
      group: "edit",
      label: () => (linked() ? t("Change link…") : t("Add link…")),
      icon: Link,
      shortcuts: ["Mod+Shift+K"],
      run: async () => (await import("./link-dialog.js")).editLink(editor, only() ?? ""),
      enabled: may,
    },
    {
      id: "link.copy",
      group: "edit",
      label: () => t("Copy link to this element"),
      shortcuts: [],
      run: () => copyLinkTo({ type: "element", key: only() ?? "" }),
      enabled: () => only() !== undefined,
    },
    {
      id: "link.copy-view",
      group: "view",
      label: () => t("Copy link to this view"),
      shortcuts: [],
      run: () => copyLinkTo(presentView(editor)),
      enabled: () => true,
    },
    {
      id: "link.copy-page",
      group: "view",
      label: () => t("Copy link to this page"),
      shortcuts: [],
      run: () => copyLinkTo({ type: "page", page: editor.document.page ?? FIRST_PAGE }),
      enabled: () => true,
    },
  ];
}
