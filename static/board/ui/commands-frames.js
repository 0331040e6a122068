// Frames as commands, with their tool, which joins the toolbar once the board is there.

import { BoxSelect, Frame, Scan, Trash2, Type } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { Framing } from "../editor/framing.js";
import {
  contentOfSelection,
  deleteWithContent,
  fitToContent,
  framedSelection,
  frameSelection,
  mayFrame,
  selectContent,
  selectedFrames,
  unframe,
} from "../editor/framing-selection.js";
import { laterTool } from "../tools/later.js";
import { commandButton } from "./command-button.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./commands.js").Commands} Commands
 */

const SCHEMA = 4;

/** @param {Editor} editor @param {Commands} commands */
export function addFrames(editor, commands) {
  const framing = new Framing(editor);
  framing.rename = async (key) => (await import("./frame-name.js")).writeFrameName(editor, key);
  editor.framing = framing;
  editor.register(
    laterTool({ name: "frame", cursor: "crosshair", changes: true, schema: SCHEMA }, async () => {
      const { FrameTool } = await import("../tools/frame.js");
      return new FrameTool(editor);
    }),
  );
  for (const command of [toolCommand(editor), ...frameCommands(editor)]) commands.add(command);
  addToolButton(editor, commands);
}

/** @param {Editor} editor @returns {Command} */
function toolCommand(editor) {
  const tool = editor.tools.find(({ name }) => name === "frame");
  return {
    id: "tool.frame",
    group: "tools",
    label: () => t("Frame"),
    icon: Frame,
    shortcuts: ["F"],
    run: () => editor.setTool("frame"),
    enabled: () => tool !== undefined && editor.mayUse(tool),
    pressed: () => editor.tool === tool,
  };
}

/** @param {Editor} editor @returns {Command[]} */
function frameCommands(editor) {
  const writable = () => !editor.readOnly && editor.session.schema >= SCHEMA;
  const hasFrames = () => writable() && selectedFrames(editor).length > 0;
  const hasContent = () => hasFrames() && contentOfSelection(editor).length > 0;
  return [
    {
      id: "frame.around",
      group: "arrange",
      label: () => t("Frame the selection"),
      icon: Frame,
      shortcuts: ["Alt+F"],
      run: async () => {
        const { nextFrameName } = await import("../tools/frame.js");
        frameSelection(editor, nextFrameName(editor));
      },
      enabled: () => writable() && mayFrame(editor),
    },
    {
      id: "frame.unframe",
      group: "arrange",
      label: () => t("Unframe"),
      icon: BoxSelect,
      shortcuts: ["Alt+Shift+F"],
      run: () => unframe(editor),
      enabled: () => hasFrames() || (writable() && framedSelection(editor).length > 0),
    },
    {
      id: "frame.select-content",
      group: "edit",
      label: () => t("Select the content of the frame"),
      shortcuts: [],
      run: () => selectContent(editor),
      enabled: () => contentOfSelection(editor).length > 0,
    },
    {
      id: "frame.fit",
      group: "arrange",
      label: () => t("Fit the frame to its content"),
      icon: Scan,
      shortcuts: [],
      run: () => fitToContent(editor),
      enabled: hasContent,
    },
    {
      id: "frame.rename",
      group: "edit",
      label: () => t("Rename the frame"),
      icon: Type,
      shortcuts: ["F2"],
      shared: true,
      run: () => editor.framing?.rename?.(selectedFrames(editor)[0] ?? ""),
      enabled: () => hasFrames() && editor.selection.size === 1,
    },
    {
      id: "frame.delete",
      group: "edit",
      label: () => t("Delete with content"),
      icon: Trash2,
      shortcuts: [],
      run: () => deleteWithContent(editor),
      enabled: hasContent,
    },
  ];
}

/** Behind the tools that were there from the start. @param {Editor} editor @param {Commands} commands */
function addToolButton(editor, commands) {
  const { button, refresh } = commandButton(commands, commands.get("tool.frame"));
  const bar = document.getElementById("tools");
  const others = ["tool.note", "tool.pen"].map((id) =>
    bar?.querySelector(`[data-command="${id}"]`),
  );
  (others.find(Boolean) ?? bar?.lastElementChild)?.after(button);
  const follow = () => {
    refresh();
    const inHand = editor.tool?.name === "frame";
    // A phone's bar has one place for what isn't always at hand; the toolbar gives it back with the next tool.
    if (inHand) bar?.querySelector("[data-place=recent]")?.setAttribute("data-place", "rest");
    button.dataset.place = inHand ? "recent" : "rest";
  };
  follow();
  editor.subscribe(({ type }) => (type === "tool" || type === "rights") && follow());
}
