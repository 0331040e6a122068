// What the page gets once it is live, so that nobody waits for it: styles, title, people, menu, minimap, the way back.

import { Menu } from "../../npm/lucide.js";
import { keepConnected } from "../editor/connecting.js";
import { picturesFrom } from "../elements/pictures.js";
import { listenToClipboard } from "./clipboard.js";
import { addLaterCommands } from "./commands-later.js";
import { libraryCommands } from "./commands-library.js";
import { paperCommands } from "./commands-paper.js";
import { peopleCommands } from "./commands-people.js";
import { buildComments } from "./comments.js";
import { buildCompany } from "./company.js";
import { byId, icon } from "./dom.js";
import { fetchFilesAhead } from "./files-ahead.js";
import { followWriting } from "./follow-writing.js";
import { buildImages } from "./images.js";
import { buildImports } from "./import.js";
import { buildKeyboard } from "./keyboard-board.js";
import { buildLinks } from "./links.js";
import { buildMenu } from "./menu.js";
import { followMinimap } from "./minimap-switch.js";
import { buildOrder } from "./order.js";
import { buildOutline } from "./outline.js";
import { buildPages } from "./pages.js";
import { buildPeopleBar } from "./people-bar.js";
import { shareButton } from "./share.js";
import { buildStylePanel } from "./style-panel.js";
import { styles } from "./stylesheet.js";
import { buildTitle } from "./title.js";
import { followTransport } from "./transport-line.js";
import { wayBackButton } from "./way-back.js";

/**
 * @typedef {object} Parts
 * @property {import("../editor.js").Editor} editor
 * @property {import("../sync/session.js").Session} session
 * @property {import("./config.js").Config} config
 * @property {HTMLElement} canvas
 * @property {import("./commands.js").Commands} commands
 * @property {import("./commands-paper.js").Papers | undefined} papers absent: this board's paper can't be chosen
 * @property {import("../view/live-layer.js").LiveLayer} layer
 */

/** @param {Parts} parts */
export function buildTheRest({ editor, session, config, canvas, commands, papers, layer }) {
  // What is looked at comes before what can be pressed.
  picturesFrom(config.assets);
  keepConnected(editor);
  for (const id of ["sheet-styles", "text-styles"]) styles(id);
  buildStylePanel({
    row: byId("style", HTMLElement),
    more: byId("style-more", HTMLElement),
    editor,
    commands,
  });
  const copyLink = shareButton(byId("share", HTMLButtonElement), { session, config });
  // Before the other commands that share its keys.
  for (const command of buildKeyboard({ editor, commands, canvas })) commands.add(command);
  addLaterCommands(commands, editor, {
    contextMenu: async () => {
      const at = middleOfSelection(editor);
      (await import("./context-menu.js")).openContextMenu({ commands, editor, at });
    },
    copyLink,
    openExport: async () =>
      (await import("./export-sheet.js")).openExport(editor, config, papers?.current()),
    assets: config.assets,
    print: async () => (await import("./export-print.js")).printPage(editor, config),
  });
  followWriting({ editor, canvas, meaning: (shortcut) => commands.meaning(shortcut) });
  listenToClipboard(editor, canvas);
  buildImports({ editor, config, canvas, commands });
  for (const command of [...paperCommands(editor, papers), ...libraryCommands(editor, config)])
    commands.add(command);
  buildTitle({
    input: byId("title", HTMLInputElement),
    session,
    known: config.title,
    url: config.rename,
    csrf: config.csrf,
  });
  const pages = buildPages({ editor, session, config, commands, papers, layer });
  const together = buildCompany({ editor, session, config, canvas, layer });
  pages.join(together);
  for (const command of peopleCommands(together)) commands.add(command);
  buildPeopleBar({
    button: byId("people", HTMLButtonElement),
    list: byId("people-list", HTMLElement),
    session,
    company: together.company,
    commands,
  });
  buildOrder({ commands, session, config });
  byId("menu-button", HTMLElement).append(icon(Menu));
  buildComments({ editor, session, config, canvas, commands });
  buildLinks({ editor, commands, canvas, still: layer.still });
  buildImages({ editor, sender: together.sender, session, config, canvas, commands });
  buildOutline({ editor, session, config, commands, canvas });
  buildMenu(commands, config);
  followTransport({
    menu: byId("menu", HTMLElement),
    mark: byId("saved", HTMLElement),
    line: byId("status", HTMLElement),
    session,
    connection: config.connection,
  });
  byId("bottom", HTMLElement).prepend(wayBackButton({ commands, editor }));
  followMinimap(editor);
  void fetchFilesAhead(config.offline);
}

/** Where a menu opens that no pointer has asked for. @param {import("../editor.js").Editor} editor */
function middleOfSelection(editor) {
  const { camera } = editor;
  const bounds = editor.boundsOf(editor.selection);
  const { x, y } = bounds
    ? camera.toScreen({ x: (bounds.minX + bounds.maxX) / 2, y: (bounds.minY + bounds.maxY) / 2 })
    : { x: camera.width / 2, y: camera.height / 2 };
  return { px: x, py: y };
}
