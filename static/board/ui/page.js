// The page around the board: joins bars, menu and sheets to the editor and the session.

import { listenToKeys } from "../view/keyboard.js";
import { Pointer } from "../view/pointer.js";
import { addBoardCommands } from "./board-commands.js";
import { buildChrome, closePopoversOn, keepPageStill } from "./chrome.js";
import { commandButton } from "./command-button.js";
import { Commands } from "./commands.js";
import { byId } from "./dom.js";
import { hearWhatIsEarly } from "./early.js";
import { holdKeys, takeKeys } from "./held-keys.js";
import { buildSavedMark, warnBeforeLeaving } from "./saved-mark.js";
import { statusLineSoon } from "./status-soon.js";
import { styleButton } from "./style-button.js";
import { buildToolbar } from "./toolbar.js";
import { restOfWords } from "./words.js";
import { buildZoomControls } from "./zoom-controls.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {import("./config.js").Config} Config */
/** @typedef {import("../sync/session.js").Session} Session */

/** @typedef {import("./commands-paper.js").Papers} Papers */

/** Tools after whose press somebody types. */
const WRITE = new Set(["text", "note"]);

/** @param {{editor: Editor, session: Session, config: Config, canvas: HTMLCanvasElement, papers?: Papers, layer: import("../view/live-layer.js").LiveLayer, meet: () => Promise<void>}} parts `meet` makes people see each other */
export function buildPage({ editor, session, config, canvas, papers, layer, meet }) {
  const root = document.documentElement;
  const words = () => restOfWords(config.words);
  buildSavedMark({ mark: byId("saved", HTMLElement), session, root });
  statusLineSoon({ line: byId("status", HTMLElement), session, home: config.home, words });
  warnBeforeLeaving(session);
  followRights(editor, session, config);

  const commands = new Commands();
  const doAgain = hearWhatIsEarly();
  whenSettled(session, async () => {
    const [, { buildTheRest }] = await Promise.all([meet(), import("./later.js"), words()]);
    buildTheRest({ editor, session, config, canvas, commands, papers, layer });
    doAgain();
  });
  addBoardCommands(commands, editor, {
    help: async () => {
      await words();
      (await import("./help-sheet.js")).openHelpSheet(commands, editor);
    },
    settings: async () => {
      await words();
      (await import("./settings-sheet.js")).openSettings(editor);
    },
    palette: async () => {
      // An Escape before was meant for something else.
      takeKeys();
      holdKeys();
      await words();
      (await import("./palette.js")).openPalette(commands);
    },
  });
  followShortcuts(commands, editor);
  holdKeysForWriting(editor);
  buildBottom({ editor, session, commands });

  const chrome = buildChrome({ root, canvas, editor });
  const pointer = new Pointer({
    editor,
    canvas,
    onHand: chrome.showHand,
    onPenMode: async () => {
      if (editor.settings.penMode !== "auto") return;
      await words();
      (await import("./pen-mode.js")).sayPenMode();
    },
    onContextMenu: async (at) => {
      if (editor.busy) return;
      (await import("./context-menu.js")).openContextMenuOn({ commands, editor, at });
    },
  });
  pointer.listen();
  closePopoversOn(canvas);
  keepPageStill();
  listenToKeys({
    window,
    meaning: (shortcut) => commands.meaning(shortcut),
    holdHand: (held) => pointer.holdHand(held),
  });
}

/** Whoever is quicker than the text editor loses nothing of what they type. @param {Editor} editor */
function holdKeysForWriting(editor) {
  editor.subscribe(({ type }) => {
    if (type === "writing" && editor.writing) holdKeys();
    else if (type === "writing") takeKeys();
    const { tool } = editor;
    if (type === "busy" && tool?.coming && WRITE.has(tool.name)) holdKeys();
  });
}

/** @param {Commands} commands @param {Editor} editor */
function followShortcuts(commands, editor) {
  const follow = () => commands.setShortcuts(editor.settings.shortcuts, editor.settings.singleKeys);
  editor.subscribe(({ type }) => type === "settings" && follow());
  follow();
}

/**
 * Once it is known whether there is a connection; again, should the first try find none.
 * @template T @param {Session} session @param {() => Promise<T>} build @returns {Promise<T>}
 */
function whenSettled(session, build) {
  return new Promise((resolve) => {
    let begun = false;
    const stop = session.subscribe(async () => {
      if (begun || session.state === "connecting") return;
      begun = true;
      try {
        resolve(await build());
        stop();
      } catch (error) {
        if (session.state === "live") throw error;
        begun = false;
      }
    });
  });
}

/** @param {{editor: Editor, session: Session, commands: Commands}} parts */
function buildBottom({ editor, session, commands }) {
  const toolbar = buildToolbar({
    bar: byId("tools", HTMLElement),
    commands,
    editor,
    styleButton: styleButton(editor, byId("bottom", HTMLElement)),
  });
  // Which tools the server takes is known from its welcome on.
  session.subscribe(({ type }) => (type === "state" || type === "board") && toolbar.refresh());
  buildZoomControls({ bar: byId("zoom", HTMLElement), commands, editor });
  byId("help-bar", HTMLElement).append(commandButton(commands, commands.get("board.help")).button);
}

/** Who may not draw has no pen: viewers, most people on a frozen board, whoever was shut out. @param {Editor} editor @param {Session} session @param {Config} config */
function followRights(editor, session, config) {
  const refresh = () => {
    const may = session.may ?? new Set(config.may);
    editor.readOnly = !may.has("draw") || session.state === "denied";
  };
  session.subscribe(refresh);
  refresh();
}
