// What owners may do about somebody in the list of people: pen, silence, out, ban, undo, role.

import { Ban, LogOut, Mic, MicOff, PencilOff, PenLine, Undo2, UserCog } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { say } from "./say.js";
import { ShareServer } from "./share-server.js";

/**
 * @typedef {{slot: number, person: number, name: string, color: string}} Someone
 * @typedef {{id: string, label: string, icon?: import("./dom.js").IconNode, danger?: boolean, run: () => void}} PersonAction
 * @typedef {import("../sync/session.js").Session} Session
 */

/** @param {Session} session @param {import("./config.js").Config} config @returns {(someone: Someone, isMe: boolean) => PersonAction[]} */
export function orderActions(session, config) {
  const server = new ShareServer(config);
  /** @type {(path: string, fields?: Record<string, string>) => Promise<void>} */
  const send = async (path, fields) => {
    const outcome = await server.send(path, fields);
    if (!outcome.ok) say(outcome.say);
  };
  /** @type {ReadonlySet<number | null>} */
  let muted = new Set();
  const keepsOrder = () => session.may?.has("order") ?? false;
  const refresh = async () => {
    const sharing = keepsOrder() ? await server.read() : null;
    if (sharing) muted = mutedOf(sharing);
  };
  // Asked for when it may be needed: a board says of nobody else that they are muted.
  document.getElementById("people-list")?.addEventListener("beforetoggle", refresh);
  return (someone, isMe) => {
    if (isMe || !keepsOrder()) return [];
    return [
      penAction(session, server, send, someone),
      muteAction(muted, send, someone),
      ...about(server, send, someone),
    ];
  };
}

/** @param {import("./share-server.js").Sharing} sharing */
function mutedOf({ restraints = [] }) {
  return new Set(restraints.filter(({ kind }) => kind === "mute").map(({ person }) => person));
}

/** @param {ReadonlySet<number | null>} muted @param {(path: string) => Promise<void>} send @param {Someone} someone @returns {PersonAction} */
function muteAction(muted, send, { person }) {
  const path = `people/${person}/`;
  return muted.has(person)
    ? { id: "unmute", label: t("Unmute"), icon: Mic, run: () => send(`${path}unmute/`) }
    : { id: "mute", label: t("Mute"), icon: MicOff, run: () => send(`${path}mute/`) };
}

/** @param {Session} session @param {ShareServer} server @param {(path: string, fields: Record<string, string>) => Promise<void>} send @param {Someone} someone @returns {PersonAction} */
function penAction(session, server, send, someone) {
  if (session.board?.pens.includes(someone.person))
    return {
      id: "take-pen",
      label: t("Take the pen back"),
      icon: PencilOff,
      run: () => send("pen/take/", { people: String(someone.person) }),
    };
  return {
    id: "give-pen",
    label: t("Give the pen…"),
    icon: PenLine,
    run: async () => (await import("./pen-give.js")).openGivePen(server, someone),
  };
}

/** @param {ShareServer} server @param {(path: string) => Promise<void>} send @param {Someone} someone @returns {PersonAction[]} */
function about(server, send, someone) {
  const path = `people/${someone.person}/`;
  return [
    {
      id: "role",
      label: t("Role…"),
      icon: UserCog,
      run: async () => (await import("./order-role.js")).openRole(server, someone),
    },
    {
      id: "take-back",
      label: t("Undo everything they did…"),
      icon: Undo2,
      danger: true,
      run: async () => (await import("./order-takeback.js")).openTakeBack(server, someone),
    },
    {
      id: "kick",
      label: t("Put out"),
      icon: LogOut,
      danger: true,
      run: () => send(`${path}kick/`),
    },
    {
      id: "ban",
      label: t("Ban…"),
      icon: Ban,
      danger: true,
      run: async () => (await import("./order-ban.js")).openBan(server, someone),
    },
  ];
}
