// The page of a board: makes the parts, joins them, starts.

import { Camera } from "./core/camera.js";
import { Document } from "./core/document.js";
import { History } from "./core/history.js";
import { SpatialIndex } from "./core/spatial.js";
import { setCatalogue } from "./core/translate.js";
import { Editor } from "./editor.js";
import { fetchKinds } from "./elements/index.js";
import { keepPlaced } from "./elements/placing.js";
import { Sheet } from "./elements/sheet.js";
import { fetchDocument } from "./sync/board-document.js";
import { LiveSender } from "./sync/live-sender.js";
import { Session } from "./sync/session.js";
import { openWebSocket } from "./sync/transports/websocket.js";
import { registerTools } from "./tools/index.js";
import { post } from "./ui/forms.js";
import { buildPage } from "./ui/page.js";
import { recallDevice, recallView, remember } from "./ui/remember.js";
import { store, stored } from "./ui/storage.js";
import { onThemeChange, shownTheme } from "./ui/theme.js";
import { LiveLayer } from "./view/live-layer.js";
import { Renderer } from "./view/renderer.js";

/** @typedef {import("./ui/config.js").Config} Config */

/** @typedef {{transport: import("./sync/transports/index.js").TransportName, openTransport: import("./sync/transports/websocket.js").OpenTransport}} NamedTransport */

/** What has worked last in the network of this device. */
const NETWORK = {
  get: () => stored("transport"),
  set: (/** @type {string} */ name) => store("transport", name),
};
/** The first view is painted by then. */
const REST_AFTER_MS = 500;

/** @param {string} id @returns {any} */
function readJson(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

/** @param {string} id */
function canvas(id) {
  const element = document.getElementById(id);
  if (element instanceof HTMLCanvasElement) return element;
  throw new Error(`the page has no canvas with the id ${id}`);
}

/** @param {Config} config @param {NamedTransport | null} only */
function makeSession(config, only) {
  const live = config.socket.replace("/ws/", "/live/");
  const board = new Document();
  const session = new Session({
    document: board,
    documentUrl: config.document,
    person: config.person.id,
    fetchDocument: async (url) =>
      (board.epoch ? null : await keptBoard(session, config)) ?? fetchDocument(url),
    url: only && only.transport !== "websocket" ? live : config.socket,
    ...(only ?? { openTransport: openWebSocket, fallback: { url: live, network: NETWORK } }),
  });
  return session;
}

/** A page that had to be opened without the server begins with the board as it was last seen here. @param {Session} session @param {Config} config */
async function keptBoard(session, config) {
  if (document.documentElement.dataset.kept === undefined) return null;
  return (await import("./ui/offline.js")).boardKeptHere(session, config);
}

/** Work that waits is kept on this device, from the first change on and without a connection. @param {Session} session @param {Config} config */
function keepOffline(session, config) {
  let asked = false;
  const keep = async () => {
    if (asked || (session.state === "connecting" && session.waiting === 0)) return;
    asked = true;
    try {
      await (await import("./ui/offline.js")).keepOffline({ session, config });
    } catch {
      // It could not be fetched; the next change asks again.
      asked = false;
    }
  };
  session.subscribe(keep);
}

/** @param {NamedTransport | null} only the one transport that the address asks for */
function start(only) {
  const config = /** @type {Config} */ (readJson("board-config"));
  setCatalogue(readJson("catalogue"));
  const session = makeSession(config, only);
  const { document: board } = session;
  const sheet = new Sheet(board);
  const spatial = new SpatialIndex();
  // Before everything that asks where elements are.
  keepPlaced(sheet, spatial);
  const editor = new Editor({
    document: sheet,
    history: new History(board),
    camera: new Camera(),
    spatial,
    session,
    live: new LiveSender(session),
  });
  registerTools(editor);
  recallDevice(editor);
  const layer = show({ editor, session, config });
  comeIn(editor, session, { board: config.board, person: config.person.id });
  session.start();
  keepOffline(session, config);
  fetchTheRest(editor, session, layer);
}

/** Once there is something to see, and before the connection may be gone. @param {Editor} editor @param {Session} session @param {LiveLayer} layer */
function fetchTheRest(editor, session, layer) {
  const stop = session.subscribe(() => {
    if (session.state !== "live") return;
    stop();
    setTimeout(() => {
      fetchKinds();
      layer.load();
      for (const tool of editor.tools) tool.load?.();
      // Without a connection it comes later, when it is used.
      import("./editor/arrange-selection.js").catch(() => {});
    }, REST_AFTER_MS);
  });
}

/** Where this person was, with what they had in the hand; who is new starts with a pen. @param {Editor} editor @param {Session} session @param {{board: string, person: number}} whose */
function comeIn(editor, session, whose) {
  const { seen, tool } = recallView(editor, whose);
  if (!seen) lookAtTheBoard(editor);
  const first = editor.readOnly ? "hand" : "pen";
  editor.setTool(first);
  if (tool) editor.setTool(tool);
  // A tool that this server takes, as it turns out only now.
  const stop = session.subscribe(() => {
    if (session.state !== "live") return;
    stop();
    if (tool && editor.tool?.name === first) editor.setTool(tool);
  });
  remember(editor, whose);
}

/** Everybody starts at the same place, unless the board's ink is somewhere else. @param {Editor} editor */
function lookAtTheBoard(editor) {
  const { document: board, camera, spatial } = editor;
  const stop = board.subscribe(({ source }) => {
    if (source !== "load") return;
    stop();
    if (spatial.size > 0 && spatial.search(camera.viewBounds()).length === 0) editor.zoomToFit();
  });
}

/** What the layer over the picture shows. */
const SHOWN = /** @type {ReadonlySet<string>} */ (
  new Set(["preview", "selection", "rights", "writing"])
);

/** @param {{editor: Editor, session: Session, config: Config}} parts */
function show({ editor, session, config }) {
  const picture = canvas("picture");
  editor.camera.resize(picture.clientWidth, picture.clientHeight);
  const renderer = new Renderer({
    canvas: picture,
    overlayCanvas: canvas("overlay"),
    document: editor.document,
    camera: editor.camera,
    spatial: editor.spatial,
    theme: shownTheme(),
    workerUrl: config.worker,
  });
  const layer = new LiveLayer({ renderer });
  editor.subscribe(({ type }) => {
    if (SHOWN.has(type)) layer.show(editor);
  });
  onThemeChange((theme) => renderer.setTheme(theme));
  const papers = papersOf(session, config);
  const print = () => renderer.setPaper(papers.current());
  session.subscribe(({ type }) => type === "board" && print());
  print();
  const meet = () => meetPeople(editor, session, layer);
  buildPage({ editor, session, config, canvas: picture, papers, layer, meet });
  return layer;
}

/** Who is here is seen, and sees this person, a moment after the board is: until then either waits. @param {Editor} editor @param {Session} session @param {LiveLayer} layer */
async function meetPeople(editor, session, layer) {
  const { LivePeople, LiveWriter, readLiveFrame } = await import("./sync/live-traffic.js");
  if (layer.people) return;
  layer.meet(new LivePeople(session, undefined, editor.document));
  session.readLive(readLiveFrame);
  editor.live.writeWith(new LiveWriter());
}

/** What the board is printed with, for everybody on it. @param {Session} session @param {Config} config */
function papersOf(session, config) {
  return {
    current: () => session.board?.paper ?? config.paper,
    /** @param {import("./protocol").Paper} paper */
    choose: (paper) => void post(config.setPaper, { paper }, config.csrf),
  };
}

const asked = new URLSearchParams(location.search).get("transport");
if (!asked) start(null);
else import("./sync/transports/index.js").then(({ named }) => named(asked)).then(start);
