// The page around the board: joins bars, menu and sheets to the editor and the session.

import { Menu } from "../../npm/lucide.js";
import { listenToKeys } from "../view/keyboard.js";
import { toPNG } from "../view/picture.js";
import { Pointer } from "../view/pointer.js";
import { addBoardCommands } from "./board-commands.js";
import {
  buildChrome,
  closePopoversOn,
  keepPageStill,
  middleOfSelection,
  openMenuOn,
} from "./chrome.js";
import { commandButton } from "./command-button.js";
import { Commands } from "./commands.js";
import { byId, icon } from "./dom.js";
import { download, fileName } from "./download.js";
import { buildMenu } from "./menu.js";
import { buildPeopleBar } from "./people-bar.js";
import { shareButton } from "./share.js";
import { buildSavedMark, buildStatusLine, warnBeforeLeaving } from "./status-line.js";
import { buildStylePanel, NARROW, styleButton } from "./style-panel.js";
import { onThemeChange, shownTheme } from "./theme.js";
import { buildTitle } from "./title.js";
import { buildToolbar } from "./toolbar.js";
import { wayBackButton } from "./way-back.js";
import { buildZoomControls } from "./zoom-controls.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {import("./config.js").Config} Config */
/** @typedef {import("../sync/session.js").Session} Session */

const PICTURE_SCALE = 2;

/** @typedef {import("./commands-paper.js").Papers} Papers */

/** @param {{editor: Editor, session: Session, config: Config, canvas: HTMLCanvasElement, papers?: Papers}} parts */
export function buildPage({ editor, session, config, canvas, papers }) {
  const root = document.documentElement;
  buildSavedMark({ mark: byId("saved", HTMLElement), session, root });
  buildStatusLine({ line: byId("status", HTMLElement), session, home: config.home });
  warnBeforeLeaving(session);
  followRights(editor, session, config);

  const commands = new Commands();
  const menuAt = async (/** @type {{px: number, py: number}} */ at) =>
    (await import("./context-menu.js")).openContextMenu({ commands, editor, at });
  addBoardCommands(commands, editor, {
    ...(papers && { papers }),
    help: async () => (await import("./help-sheet.js")).openHelpSheet(commands, editor),
    settings: async () => (await import("./settings-sheet.js")).openSettings(editor),
    palette: async () => (await import("./palette.js")).openPalette(commands),
    contextMenu: () => menuAt(middleOfSelection(editor)),
    copyLink: shareButton(byId("share", HTMLButtonElement), byId("share-label", HTMLElement)),
    downloadPicture: () => savePicture(editor),
  });
  followShortcuts(commands, editor);
  buildTop({ session, config, commands });
  buildBottom({ editor, session, commands });
  followMinimap(editor);

  const chrome = buildChrome({ root, canvas, editor });
  const pointer = new Pointer({ editor, canvas, onHand: chrome.showHand });
  pointer.listen();
  openMenuOn(canvas, editor, menuAt);
  closePopoversOn(canvas);
  keepPageStill();
  listenToKeys({
    window,
    meaning: (shortcut) => commands.meaning(shortcut),
    holdHand: (held) => pointer.holdHand(held),
  });
}

/** @param {Commands} commands @param {Editor} editor */
function followShortcuts(commands, editor) {
  const follow = () => commands.setShortcuts(editor.settings.shortcuts, editor.settings.singleKeys);
  editor.subscribe(({ type }) => type === "settings" && follow());
  follow();
}

/** Its module comes when somebody wants it; a phone has no room for it. @param {Editor} editor */
function followMinimap(editor) {
  /** @type {Promise<{close: () => void, themeChanged: () => void}> | null} */
  let map = null;
  const narrow = matchMedia(NARROW);
  const follow = () => {
    const wanted = editor.settings.minimap && !narrow.matches;
    if (wanted && !map)
      map = import("./minimap.js").then(({ openMinimap }) =>
        openMinimap({ editor, place: byId("minimap", HTMLElement) }),
      );
    if (wanted || !map) return;
    map.then(({ close }) => close());
    map = null;
  };
  editor.subscribe(({ type }) => type === "settings" && follow());
  narrow.addEventListener("change", follow);
  onThemeChange(() => map?.then(({ themeChanged }) => themeChanged()));
  follow();
}

/** @param {{session: Session, config: Config, commands: Commands}} parts */
function buildTop({ session, config, commands }) {
  buildTitle({
    input: byId("title", HTMLInputElement),
    session,
    url: config.rename,
    csrf: config.csrf,
  });
  buildPeopleBar({
    button: byId("people", HTMLButtonElement),
    list: byId("people-list", HTMLElement),
    session,
  });
  byId("menu-button", HTMLElement).append(icon(Menu));
  buildMenu(commands, config);
}

/** @param {{editor: Editor, session: Session, commands: Commands}} parts */
function buildBottom({ editor, session, commands }) {
  const bottom = byId("bottom", HTMLElement);
  bottom.prepend(wayBackButton({ commands, editor }));
  buildStylePanel({
    row: byId("style", HTMLElement),
    more: byId("style-more", HTMLElement),
    editor,
    commands,
  });
  const toolbar = buildToolbar({
    bar: byId("tools", HTMLElement),
    commands,
    editor,
    styleButton: styleButton(editor, bottom),
  });
  // Which tools the server takes is known from its welcome on.
  session.subscribe(({ type }) => type === "state" && toolbar.refresh());
  buildZoomControls({ bar: byId("zoom", HTMLElement), commands, editor });
  byId("help-bar", HTMLElement).append(commandButton(commands, commands.get("board.help")).button);
}

/** Who may not draw has no pen: viewers, everybody on a frozen board, whoever was shut out. @param {Editor} editor @param {Session} session @param {Config} config */
function followRights(editor, session, config) {
  const refresh = () => {
    const role = session.role ?? config.role;
    editor.readOnly =
      role === "viewer" || (session.board?.frozen ?? false) || session.state === "denied";
  };
  session.subscribe(refresh);
  refresh();
}

/** @param {Editor} editor */
async function savePicture(editor) {
  const theme = shownTheme();
  const background = getComputedStyle(document.documentElement).backgroundColor;
  const picture = await toPNG(null, {
    document: editor.document,
    theme,
    scale: PICTURE_SCALE,
    background,
  });
  download(picture, fileName(byId("title", HTMLInputElement).value));
}
