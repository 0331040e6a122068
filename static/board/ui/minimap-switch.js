// Opens and closes the minimap as the settings say; its module comes when somebody wants it.

import { byId } from "./dom.js";
import { NARROW } from "./style-button.js";
import { onThemeChange } from "./theme.js";

/** A phone has no room for it. @param {import("../editor.js").Editor} editor */
export function followMinimap(editor) {
  /** @type {Promise<{close: () => void, themeChanged: () => void}> | null} */
  let map = null;
  const narrow = matchMedia(NARROW);
  const follow = () => {
    const wanted = editor.settings.minimap && !narrow.matches;
    if (wanted && !map)
      map = import("./minimap.js").then(({ openMinimap }) =>
        openMinimap({ editor, place: byId("minimap", HTMLElement) }),
      );
    if (wanted || !map) return;
    map.then(({ close }) => close());
    map = null;
  };
  editor.subscribe(({ type }) => type === "settings" && follow());
  narrow.addEventListener("change", follow);
  onThemeChange(() => map?.then(({ themeChanged }) => themeChanged()));
  follow();
}
