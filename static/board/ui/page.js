// The page around the board: joins bars, menu and sheets to the editor and the session.

import { Ellipsis, Menu } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { listenToKeys } from "../view/keyboard.js";
import { toPNG } from "../view/picture.js";
import { Pointer } from "../view/pointer.js";
import { addBoardCommands } from "./board-commands.js";
import { buildChrome, closePopoversOn, keepPageStill } from "./chrome.js";
import { commandButton } from "./command-button.js";
import { Commands } from "./commands.js";
import { endLinesByEnter } from "./commands-lines.js";
import { byId, icon, make } from "./dom.js";
import { download, fileName } from "./download.js";
import { openHelpSheet } from "./help-sheet.js";
import { buildMenu } from "./menu.js";
import { buildPeopleBar } from "./people-bar.js";
import { shareButton } from "./share.js";
import { buildSavedMark, buildStatusLine, warnBeforeLeaving } from "./status-line.js";
import { buildStylePanel, styleButton } from "./style-panel.js";
import { shownTheme } from "./theme.js";
import { buildTitle } from "./title.js";
import { buildToolbar } from "./toolbar.js";
import { buildZoomControls } from "./zoom-controls.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {import("./config.js").Config} Config */
/** @typedef {import("../sync/session.js").Session} Session */

const PICTURE_SCALE = 2;

/** @param {{editor: Editor, session: Session, config: Config, canvas: HTMLCanvasElement}} parts */
export function buildPage({ editor, session, config, canvas }) {
  const root = document.documentElement;
  buildSavedMark({ mark: byId("saved", HTMLElement), session, root });
  buildStatusLine({ line: byId("status", HTMLElement), session, home: config.home });
  warnBeforeLeaving(session);
  followRights(editor, session, config);

  const commands = new Commands();
  addBoardCommands(commands, editor, {
    help: () => openHelpSheet(byId("help", HTMLDialogElement), commands),
    copyLink: shareButton(byId("share", HTMLButtonElement), byId("share-label", HTMLElement)),
    downloadPicture: () => savePicture(editor),
  });
  buildTop({ session, config, commands });
  buildBottom({ editor, commands });

  const chrome = buildChrome({ root, canvas, editor });
  const pointer = new Pointer({ editor, canvas, onHand: chrome.showHand });
  pointer.listen();
  closePopoversOn(canvas);
  keepPageStill();
  endLinesByEnter(window, editor);
  listenToKeys({
    window,
    meaning: (shortcut) => commands.meaning(shortcut),
    holdHand: (held) => pointer.holdHand(held),
  });
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

/** @param {{editor: Editor, commands: Commands}} parts */
function buildBottom({ editor, commands }) {
  const panel = byId("style", HTMLElement);
  const moreButton = make(
    "button",
    {
      type: "button",
      class: "icon-button more-button",
      "aria-label": t("More"),
      popovertarget: "menu",
    },
    icon(Ellipsis),
  );
  buildStylePanel({ panel, editor, remove: commandButton(commands.get("edit.delete")) });
  buildToolbar({
    bar: byId("tools", HTMLElement),
    commands,
    editor,
    styleButton: styleButton(editor, panel),
    moreButton,
  });
  buildZoomControls({ bar: byId("zoom", HTMLElement), commands, editor });
  byId("help-bar", HTMLElement).append(commandButton(commands.get("board.help")).button);
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
