// Joins what owners may do about order to the page: commands, the list of people, the frozen board.

import { orderCommands } from "./commands-order.js";
import { byId } from "./dom.js";
import { orderActions } from "./order-actions.js";
import { frozenButton } from "./order-frozen.js";
import { sayNotices } from "./order-notices.js";
import { addPersonActions } from "./people-bar.js";
import { styles } from "./stylesheet.js";

/** @param {{commands: import("./commands.js").Commands, session: import("../sync/session.js").Session, config: import("./config.js").Config}} parts */
export function buildOrder({ commands, session, config }) {
  for (const command of orderCommands(session, config)) commands.add(command);
  addPersonActions(orderActions(session, config));
  styles("sharing-styles");
  byId("share", HTMLElement).before(frozenButton(commands, session));
  sayNotices(session);
}
