// What can be done with somebody in the list of people: following them, lowering their hand.

import { Eye, Hand } from "../../npm/lucide.js";
import { t } from "../core/translate.js";

/**
 * @typedef {import("./people-bar.js").PersonActions} PersonActions
 * @param {{session: import("../sync/session.js").Session, following: import("./following.js").FollowingPlace}} parts
 * @returns {PersonActions}
 */
export function personActions({ session, following }) {
  return (someone, isMe) => {
    const { name, person } = someone;
    const raised = [...session.people.values()].filter(
      (each) => each.person === person && each.hand !== undefined,
    );
    return [
      ...(isMe
        ? []
        : [
            {
              id: "follow",
              label: t("Follow {name}", { name }),
              icon: Eye,
              run: () => following.follow(person),
            },
          ]),
      ...(raised.length > 0 && !isMe && session.may?.has("order")
        ? [
            {
              id: "lower-hand",
              label: t("Lower the hand"),
              icon: Hand,
              run: () => {
                for (const { slot } of raised) session.raiseHand(false, slot);
              },
            },
          ]
        : []),
    ];
  };
}
