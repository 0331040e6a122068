// Opens pages without the server: kept pages of boards and of the list, and the files they are made of.
// boards/offline.py puts `site` before it: {home, offline, staticFiles, words, version, files, immutable}.

/** @typedef {{home: string, offline: string, staticFiles: string, words: string, version: string, files: string[], immutable: boolean}} Site */
/** @typedef {{request: Request, respondWith: (answer: Promise<Response>) => void, waitUntil: (work: Promise<unknown>) => void}} Fetched */
/** @typedef {{addEventListener: (name: string, act: (event: any) => void) => void, skipWaiting: () => Promise<void>, clients: {claim: () => Promise<void>}}} Scope */

const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));
const { home, offline, staticFiles, words, version, files, immutable } =
  /** @type {{site: Site}} */ (/** @type {unknown} */ (globalThis)).site;

/** A server that does not answer in this time is as good as none, where there is a kept page. */
const PATIENCE_MS = 4000;
const BOARDS_MOST = 20;
const PICTURES_MOST = 60;
/** What proxies say while there is no server behind them. */
const NO_SERVER = new Set([502, 503, 504]);

const FILES = `whiteboard files ${home} `;
const PAGES = `whiteboard pages ${home}`;
const PICTURES = `whiteboard pictures ${home}`;
/** Its name says what is in it, so it is never another. */
const LASTING = /\.[0-9a-f]{12}\.\w+$|-[0-9a-f]{8}\.js$|-[0-9a-f]{16}\.json$/;
const BOARD = /^boards\/[0-9a-f-]{36}\/$/;
const PICTURE = /^boards\/[0-9a-f-]{36}\/thumbnail$/;
/** Whose page it is, by number; of which version of the files. */
const PERSON = "X-Whiteboard-Person";
const VERSION = "X-Whiteboard-Version";
/** Where it stands in the cache whose pages are kept. */
const WHOSE = new URL(`${home}?whose`, location.origin).href;

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(activate()));
scope.addEventListener("fetch", (/** @type {Fetched} */ event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});
scope.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keepAll(event.data.keep));
});

async function install() {
  const cache = await caches.open(FILES + version);
  await Promise.allSettled([offline, ...files].map((file) => addTo(cache, file)));
  await scope.skipWaiting();
}

/** What an earlier version has fetched under the same name is the same. @param {Cache} cache @param {string} file */
async function addTo(cache, file) {
  const known = immutable && file !== offline ? await caches.match(file) : undefined;
  const answer = known ?? (await fetch(file, { cache: immutable ? "default" : "no-cache" }));
  if (answer.ok) await cache.put(file, answer);
}

async function activate() {
  await scope.clients.claim();
  await dropOldFiles();
}

/** @param {Fetched} event @returns {Promise<Response> | null} null: none of ours */
function answerTo(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return null;
  if (url.pathname.startsWith(staticFiles) || url.pathname.startsWith(words)) return file(event);
  const place = url.pathname.startsWith(home) ? url.pathname.slice(home.length) : null;
  if (place === null) return null;
  if (PICTURE.test(place)) return picture(event);
  if (request.mode !== "navigate") return null;
  // Other places of the list are asked of the server, and answered by the list where there is none.
  return place === "" || BOARD.test(place) ? page(event, url) : null;
}

/** @param {Fetched} event */
async function file({ request }) {
  if (immutable && LASTING.test(request.url)) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
  }
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic") void store(answer.clone(), request);
    return answer;
  } catch {
    return (await caches.match(request, { ignoreVary: true })) ?? Response.error();
  }
}

/** @param {Response} answer @param {Request} request */
async function store(answer, request) {
  const cache = await caches.open(FILES + version);
  await cache.put(request, answer).catch(() => {});
}

/** @param {Fetched} event */
async function picture({ request }) {
  const cache = await caches.open(PICTURES);
  try {
    const answer = await fetch(request);
    if (answer.ok) {
      await cache.put(request, answer.clone()).catch(() => {});
      await dropOldest(cache, PICTURES_MOST);
    }
    return answer;
  } catch {
    return (await cache.match(request, { ignoreVary: true })) ?? Response.error();
  }
}

/** From the server where it answers soon, else as it was kept. @param {Fetched} event @param {URL} url */
async function page(event, url) {
  const asked = fromServer(event, url);
  const kept = await keptPage(url);
  if (!kept) return asked.then(orOffline, () => orOffline(null));
  const late = new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const answer = await Promise.race([asked.catch(() => null), late]);
  return answer && !NO_SERVER.has(answer.status) ? answer : kept;
}

/** @param {Response | null} answer */
async function orOffline(answer) {
  if (answer && !NO_SERVER.has(answer.status)) return answer;
  const shell = await caches.match(offline);
  return shell ?? answer ?? Response.error();
}

/** @param {Fetched} event @param {URL} url @returns {Promise<Response>} */
function fromServer(event, url) {
  const asked = fetch(event.request);
  event.waitUntil(asked.then((answer) => keep(url, answer.clone())).catch(() => {}));
  return asked;
}

/** @param {URL} url @returns {Promise<Response | undefined>} */
async function keptPage(url) {
  const cache = await caches.open(PAGES);
  return cache.match(url.origin + url.pathname, { ignoreVary: true });
}

/** @param {readonly string[]} addresses those that a page asks for, unless they are kept already */
async function keepAll(addresses) {
  for (const address of addresses) {
    const url = new URL(address);
    if (await keptPage(url)) continue;
    const answer = await fetch(url.origin + url.pathname, { credentials: "same-origin" });
    await keep(url, answer);
  }
}

/** One after the other: each may find that another person has come. @type {Promise<unknown>} */
let keeping = Promise.resolve();

/** @param {URL} url @param {Response} answer */
function keep(url, answer) {
  keeping = keeping.then(() => keepNow(url, answer)).catch(() => {});
  return keeping;
}

/** Keeps a page of whoever is signed in; what was kept of somebody else goes first. @param {URL} url @param {Response} answer */
async function keepNow(url, answer) {
  const address = url.origin + url.pathname;
  const person = answer.headers.get(PERSON);
  if (person !== null) await forgetOthers(person);
  const cache = await caches.open(PAGES);
  if (answer.status === 403 || answer.status === 404) await cache.delete(address);
  // Redirects, mishaps, pages that ask for a name, other sorts of the list: nothing to keep.
  if (person === null || person === "0" || answer.status !== 200 || url.search !== "") return;
  await cache.delete(address);
  await cache.put(address, await marked(answer));
  await dropOldest(cache, BOARDS_MOST + 1);
  await dropOldFiles();
}

/** The page itself can tell that it is a kept one. @param {Response} answer */
async function marked(answer) {
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Set-Cookie"]) headers.delete(name);
  const text = (await answer.text())
    .replace("<html ", `<html data-kept="${Date.now()}" `)
    // It is not fetched where there is a copy of the board.
    .replace(/<link rel="preload"[^>]* as="fetch"[^>]*>/, "");
  return new Response(text, { headers });
}

/** Signed out, or somebody else: all that can be fetched again is gone. What waits to be sent stays with its person. @param {string} person */
async function forgetOthers(person) {
  const cache = await caches.open(PAGES);
  const known = await (await cache.match(WHOSE))?.text();
  if (known === person) return;
  await Promise.all([caches.delete(PAGES), caches.delete(PICTURES)]);
  if (known !== undefined) indexedDB.deleteDatabase(`whiteboard copies ${home}`);
  await (await caches.open(PAGES)).put(WHOSE, new Response(person));
}

/** @param {Cache} cache @param {number} most */
async function dropOldest(cache, most) {
  const requests = await cache.keys();
  const others = requests.filter(({ url }) => url !== WHOSE);
  for (const request of others.slice(0, Math.max(0, others.length - most)))
    await cache.delete(request);
}

/** Files of versions that no kept page is made of; those of the version before stay for pages that are open. */
async function dropOldFiles() {
  const cache = await caches.open(PAGES);
  const used = new Set([version]);
  for (const request of await cache.keys()) {
    const of = (await cache.match(request))?.headers.get(VERSION);
    if (of) used.add(of);
  }
  const all = (await caches.keys()).filter((name) => name.startsWith(FILES));
  const before = all.filter((name) => name !== FILES + version).at(-1);
  for (const name of all)
    if (name !== before && !used.has(name.slice(FILES.length))) await caches.delete(name);
}
