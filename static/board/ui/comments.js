// The way to the comments: tool, commands, and a button that counts what is unread. All else comes when there are any.

import { t, tn } from "../core/translate.js";
import { pinOnSelection } from "../editor/comment-places.js";
import { CommentTool } from "../tools/comment.js";
import { commandButton } from "./command-button.js";
import { commentCommands } from "./commands-comments.js";
import { byId, make } from "./dom.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {object} Parts
 * @property {import("../editor.js").Editor} editor
 * @property {import("../sync/session.js").Session} session
 * @property {import("./config.js").Config} config
 * @property {HTMLElement} canvas
 * @property {import("./commands.js").Commands} commands
 */

const COUNTED_TO = 99;

/** @param {Parts} parts */
export function buildComments(parts) {
  const { editor, session, config, commands } = parts;
  void styles("comment-styles");
  const may = () => (session.may ?? new Set(config.may)).has("comment");
  const board = boardOfComments({ ...parts, may, onUnread: (count) => tell(count) });
  const tool = new CommentTool(editor, async (pin) => {
    await pressIsOver();
    (await board())?.compose(pin);
  });
  editor.register(tool);
  const added = commentCommands({
    editor,
    may,
    tool,
    onSelection: async () => {
      const pin = pinOnSelection(editor);
      if (pin) (await board())?.compose(pin);
    },
    list: async () => (await board())?.toggleList(),
    hint: async () =>
      (await import("./say.js")).say(
        t("Click where the comment belongs, or press Enter for the middle of the view."),
      ),
  });
  for (const command of added) commands.add(command);
  addToolButton(parts);
  const tell = unreadMarks(commands);
  const look = () => void (session.board && session.board.talk > 0 && board());
  session.subscribe(({ type }) => type === "board" && look());
  look();
  // Without a connection it comes when it is used.
  findLeft(config, board).catch(() => {});
}

/** What an earlier visit could not send shows itself; and what writing takes is here before the network may be gone. @param {import("./config.js").Config} config @param {() => unknown} board */
async function findLeft(config, board) {
  const [kept] = await Promise.all([import("./comments-kept.js"), import("./comments-board.js")]);
  if (await kept.anyKept(config)) board();
}

/** The end of a press closes what has opened during it. */
function pressIsOver() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Fetched once; without a connection the next who asks tries again. @param {Parts & {may: () => boolean, onUnread: (count: number) => void}} parts */
function boardOfComments(parts) {
  /** @type {Promise<import("./comments-board.js").CommentsOnBoard | null> | null} */
  let coming = null;
  return () => {
    coming ??= import("./comments-board.js").then(
      ({ CommentsOnBoard }) => new CommentsOnBoard(parts),
      () => (coming = null),
    );
    return coming;
  };
}

/** Behind the tools that were there from the start. @param {Parts} parts */
function addToolButton({ editor, session, commands }) {
  const { button, refresh } = commandButton(commands, commands.get("tool.comment"));
  const bar = byId("tools", HTMLElement);
  const others = ["tool.note", "tool.pen"].map((id) => bar.querySelector(`[data-command="${id}"]`));
  (others.find((each) => each !== null) ?? bar.lastElementChild)?.after(button);
  const follow = () => {
    refresh();
    const inHand = editor.tool?.name === "comment";
    // A phone's bar has one place for what isn't always at hand; the toolbar gives it back with the next tool.
    if (inHand) bar.querySelector("[data-place=recent]")?.setAttribute("data-place", "rest");
    button.dataset.place = inHand ? "recent" : "rest";
  };
  follow();
  editor.subscribe(({ type }) => type === "tool" && follow());
  session.subscribe(({ type }) => type === "board" && refresh());
}

/** How many threads are unread, on the bar's button; on a phone, which has no room for it, on the menu's. @param {import("./commands.js").Commands} commands */
function unreadMarks(commands) {
  const { button } = commandButton(commands, commands.get("board.comments"));
  const menu = byId("menu-button", HTMLElement);
  const marks = [button, menu].map((each) => {
    const mark = make("span", { class: "unread-count", "aria-hidden": "true", hidden: true });
    each.append(mark);
    return mark;
  });
  button.id = "comments-button";
  menu.before(button);
  return (/** @type {number} */ count) => {
    for (const mark of marks) {
      mark.hidden = count === 0;
      // Drawn, not said: the buttons keep their names.
      mark.dataset.sign = count > COUNTED_TO ? `${COUNTED_TO}+` : String(count);
    }
    const words = tn("{count} thread unread", "{count} threads unread", count);
    for (const each of [button, menu]) {
      if (count > 0) each.setAttribute("aria-description", words);
      else each.removeAttribute("aria-description");
    }
  };
}
