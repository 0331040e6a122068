// What is said to who takes a pen, since their fingers draw no more.

import { t } from "../core/translate.js";
import { say } from "./say.js";

export function sayPenMode() {
  say(t("With a pen in use, fingers move the board. You can change this in the settings."));
}
