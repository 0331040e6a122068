// Keeping order on a board, as commands of its owners: freeze, take back the pens, own ink only.

import { PencilOff, PenLine, Snowflake } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { say } from "./say.js";
import { ShareServer } from "./share-server.js";

/** @param {import("../sync/session.js").Session} session @param {import("./config.js").Config} config @returns {import("./commands.js").Command[]} */
export function orderCommands(session, config) {
  const server = new ShareServer(config);
  const keepsOrder = () => session.may?.has("order") ?? false;
  const isFrozen = () => session.board?.frozen ?? false;
  const ownOnly = () => session.board?.ownOnly ?? false;
  /** @type {(path: string, fields?: Record<string, boolean>) => Promise<void>} */
  const send = async (path, fields) => {
    const outcome = await server.send(path, fields);
    if (!outcome.ok) say(outcome.say);
  };
  return [
    {
      id: "order.freeze",
      group: "order",
      label: () => (isFrozen() ? t("Unfreeze the board") : t("Freeze the board")),
      icon: Snowflake,
      shortcuts: [],
      run: () => send("freeze/", { on: !isFrozen() }),
      enabled: keepsOrder,
      pressed: isFrozen,
    },
    {
      id: "order.take-pens",
      group: "order",
      label: () => t("Take back all pens"),
      icon: PencilOff,
      shortcuts: [],
      run: () => send("pen/take/"),
      enabled: () => keepsOrder() && (session.board?.pens.length ?? 0) > 0,
    },
    {
      id: "order.own-only",
      group: "order",
      label: () => t("People change only what they drew"),
      icon: PenLine,
      shortcuts: [],
      run: () => send("own-only/", { on: !ownOnly() }),
      enabled: keepsOrder,
      pressed: ownOnly,
    },
  ];
}
