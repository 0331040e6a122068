// Joins the bringing of pictures to this page: how they are read and sent, where they are put, who sees them on the way.

import "../elements/others.js";
import { elementKey } from "../core/ids.js";
import { topKey } from "../core/order.js";
import { Bringing } from "../editor/bringing.js";
import { onPictures } from "../elements/later.js";
import { pictures } from "../elements/pictures.js";
import { askForWords } from "./images-ask.js";
import { ImageGhosts } from "./images-ghosts.js";
import { readPicture } from "./images-reading.js";
import { sendPicture } from "./images-sending.js";
import { reasonWords } from "./images-words.js";
import { say } from "./say.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/bringing.js").Guest} Guest
 */

/** However slow the connection, a picture that is stored is on the board after so long. */
const PIXELS_MS = 3000;

/** @param {import("./images.js").Parts} parts */
export async function startBringing({ editor, session, config, canvas, commands }) {
  await styles("image-styles");
  const where = { address: config.assets, csrf: config.csrf };
  const bringing = new Bringing({
    read: readPicture,
    send: (blob, told, signal) => sendPicture(where, blob, told, signal),
    put: async (guest, asset) => {
      await pixelsOf(editor, guest, asset);
      if (bringing.guests.includes(guest)) put(editor, guest, asset);
      bringing.remove(guest);
      if (!bringing.guests.some(({ batch }) => batch === guest.batch))
        askForWords({ editor, canvas, commands });
    },
    online: () => navigator.onLine && session.state !== "offline",
    newKey: elementKey,
    later: (act, ms) => void setTimeout(act, ms),
  });
  new ImageGhosts({ bringing, editor, canvas });
  for (const event of ["online", "offline"])
    window.addEventListener(event, () => bringing.reconsider());
  let state = session.state;
  session.subscribe(() => {
    if (session.state !== state) bringing.reconsider();
    state = session.state;
  });
  sayWhatIsStuck(bringing);
  window.addEventListener("beforeunload", (event) => {
    if (!bringing.unfinished) return;
    event.preventDefault();
    event.returnValue = true;
  });
  return bringing;
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

/** @param {Editor} editor @param {Guest} guest @param {string} asset */
function put(editor, { key, batch, box }, asset) {
  const element = Object.freeze({ kind: "image", ...box, z: topKey(editor.document), asset });
  editor.commit([{ op: "put", key, element }], "images", `images ${batch}`);
  if (editor.busy || editor.writing) return;
  const among = batches.get(batch) ?? new Set();
  // Whoever has gone on to something else isn't disturbed.
  const idle = [...editor.selection].every((each) => among.has(each));
  batches.set(batch, among.add(key));
  if (!idle) return;
  editor.setTool("select");
  editor.select(among);
}

/** Keys of what came together, as far as it is on the board. @type {Map<string, Set<string>>} */
const batches = new Map();

/** Once for each; the place itself goes on saying it. @param {Bringing} bringing */
function sayWhatIsStuck(bringing) {
  /** @type {WeakSet<object>} */
  const said = new WeakSet();
  bringing.subscribe(() => {
    for (const { name, progress } of bringing.guests) {
      if (progress.is !== "stuck" || said.has(progress)) continue;
      said.add(progress);
      say(`${name}: ${reasonWords(progress.why)}`);
    }
  });
}
