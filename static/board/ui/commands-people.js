// What people do together, as commands: raising a hand, reacting, saying something, leading the others.

import {
  Hand,
  History,
  Megaphone,
  MessageCircle,
  Presentation,
  SmilePlus,
} from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { seenBy } from "../view/camera-flight.js";
import { holdKeys } from "./held-keys.js";

/**
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("./company.js").CompanyParts} CompanyParts
 */

const SCHEMA = 3;

/** @param {CompanyParts} parts @returns {Command[]} */
export function peopleCommands(parts) {
  const { session, hand } = parts;
  const may = (/** @type {import("../protocol").Action} */ right) =>
    session.schema >= SCHEMA && (session.may?.has(right) ?? false);
  return [
    {
      id: "people.hand",
      group: "board",
      label: () => t("Raise hand"),
      icon: Hand,
      shortcuts: [],
      run: () => hand.toggle(),
      enabled: () => may("react") || hand.up,
      pressed: () => hand.up,
    },
    {
      id: "people.react",
      group: "board",
      label: () => t("React"),
      icon: SmilePlus,
      shortcuts: ["/"],
      run: async () => (await import("./reactions.js")).openReactions(parts),
      enabled: () => may("react"),
    },
    {
      id: "people.chat",
      group: "board",
      label: () => t("Say something"),
      icon: MessageCircle,
      shortcuts: ["Y"],
      run: async () => {
        holdKeys();
        (await import("./chat.js")).openChat(parts);
      },
      enabled: () => may("comment"),
    },
    ...leading(parts, () => may("lead")),
    whoDrew(parts),
  ];
}

/** @param {CompanyParts} parts @param {() => boolean} mayLead @returns {Command[]} */
function leading({ editor, session, sender, following }, mayLead) {
  return [
    {
      id: "people.bring",
      group: "board",
      label: () => t("Bring everybody here"),
      icon: Megaphone,
      shortcuts: [],
      run: async () => {
        if (!sender.summon(seenBy(editor.camera))) return;
        (await import("./say.js")).say(t("Everybody sees what you see now."));
      },
      enabled: () => mayLead() && session.people.size > 1,
    },
    {
      id: "people.present",
      group: "board",
      label: () => t("Present"),
      icon: Presentation,
      shortcuts: [],
      run: () => following.present(!sender.presenting),
      enabled: () => mayLead() || sender.presenting,
      pressed: () => sender.presenting,
    },
  ];
}

/** @param {CompanyParts} parts @returns {Command} */
function whoDrew(parts) {
  const { editor } = parts;
  return {
    id: "people.who-drew",
    group: "board",
    label: () => t("Who drew this?"),
    icon: History,
    shortcuts: [],
    run: async () => (await import("./who-drew.js")).openWhoDrew(parts),
    enabled: () => editor.selection.size === 1,
  };
}
