// Joins the bringing of pictures to this page: how they are read, kept and sent, where they are put, who sees them on
// the way.

import "../elements/others.js";
import { elementKey } from "../core/ids.js";
import { t } from "../core/translate.js";
import { Bringing } from "../editor/bringing.js";
import { onPictures } from "../elements/later.js";
import { pictures } from "../elements/pictures.js";
import { askForWords } from "./images-ask.js";
import { tellOthers } from "./images-coming.js";
import { ImageGhosts } from "./images-ghosts.js";
import { Landing } from "./images-landing.js";
import { readPicture } from "./images-reading.js";
import { sendPicture } from "./images-sending.js";
import { takeBackCommand } from "./images-takeback.js";
import { WaitingPictures } from "./images-waiting.js";
import { notKeptWords, reasonWords } from "./images-words.js";
import { say } from "./say.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/bringing.js").Guest} Guest
 */

/** However slow the connection, a picture that is stored is on the board after so long. */
const PIXELS_MS = 3000;

/** @param {import("./images.js").Parts} parts */
export async function startBringing(parts) {
  const { editor, session, config, canvas, commands, sender } = parts;
  await styles("image-styles");
  const where = { address: config.assets, csrf: config.csrf };
  const waiting = new WaitingPictures(config);
  /** @type {Bringing} */
  const bringing = new Bringing({
    read: readPicture,
    send: (blob, told, signal) => sendPicture(where, blob, told, signal),
    put: async (guest, asset) => {
      await pixelsOf(editor, guest, asset);
      if (!bringing.guests.includes(guest) || !landing.put(guest, asset)) return;
      if (guest.replaces) say(t("The picture has been replaced."));
      else if (!bringing.guests.some(({ batch }) => batch === guest.batch))
        askForWords({ editor, canvas, commands });
    },
    keep: (guest) => waiting.keep(guest),
    mark: (guest, why) => void waiting.mark(guest, why),
    drop: ({ key }) => void waiting.drop(key),
    online: () => navigator.onLine && session.state !== "offline",
    newKey: elementKey,
    later: (act, ms) => void setTimeout(act, ms),
  });
  const landing = new Landing({ editor, board: session.document, bringing, waiting });
  session.keeping({ elsewhere: (id) => landing.isBack(id) });
  new ImageGhosts({ bringing, editor, canvas });
  tellOthers({ bringing, editor, sender });
  commands.add(takeBackCommand({ bringing, editor, landing }));
  goOnWithConnection(bringing, session);
  bringing.subscribe(() => {
    if (session.device.pictures !== bringing.waiting)
      session.keeping({ pictures: bringing.waiting });
  });
  sayWhatIsTheMatter(bringing);
  window.addEventListener("beforeunload", (event) => {
    if (!bringing.unfinished) return;
    event.preventDefault();
    event.returnValue = true;
  });
  void waiting.adopt((found) => void bringing.restore(landing.restore(found)));
  return bringing;
}

/** @param {Bringing} bringing @param {import("../sync/session.js").Session} session */
function goOnWithConnection(bringing, session) {
  for (const event of ["online", "offline"])
    window.addEventListener(event, () => bringing.reconsider());
  let state = session.state;
  session.subscribe(() => {
    if (session.state === state) return;
    state = session.state;
    bringing.reconsider();
  });
}

/** What the page has the pixels of is there at once, where otherwise a paper would be seen for a moment. @param {Editor} editor @param {Guest} guest @param {string} asset */
function pixelsOf({ camera }, { box }, asset) {
  const side = Math.ceil(Math.max(box.w, box.h) * camera.zoom * devicePixelRatio);
  const isThere = () => pictures.at(asset, side) !== "coming";
  if (isThere()) return Promise.resolve();
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const timer = setTimeout(() => done(), PIXELS_MS);
      const stop = onPictures((assets) => {
        if (assets.has(asset) && isThere()) done();
      });
      const done = () => {
        stop();
        clearTimeout(timer);
        resolve();
      };
    })
  );
}

/** Once for each; the place itself goes on saying it. @param {Bringing} bringing */
function sayWhatIsTheMatter(bringing) {
  /** @type {WeakSet<object>} */
  const said = new WeakSet();
  bringing.subscribe(() => {
    for (const guest of bringing.guests) {
      const { name, kept, progress } = guest;
      if (progress.is === "stuck" && !said.has(progress)) {
        said.add(progress);
        say(`${name}: ${reasonWords(progress.why)}`);
      } else if (kept && kept !== "kept" && progress.is !== "there" && !said.has(guest)) {
        said.add(guest);
        say(`${name}: ${notKeptWords(kept)}`);
      }
    }
  });
}
