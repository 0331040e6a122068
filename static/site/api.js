// The page to try the API on: reads the description, makes a form of each operation, and sends it.
// A token that is typed stays in its field: it is never stored, and goes nowhere but into requests.

/** @typedef {{name: string, in: string, required?: boolean, schema: {default?: unknown}}} Parameter */
/** @typedef {{summary: string, "x-scope": string, parameters: Parameter[], requestBody?: {content: Record<string, {example: unknown}>}}} Operation */
/** @typedef {{method: string, address: string, described: Operation}} Row */
/** @typedef {{address: string, body: string | null}} Request */

const page = /** @type {HTMLElement} */ (document.querySelector("main.api"));
const token = /** @type {HTMLInputElement} */ (document.getElementById("token"));
const board = /** @type {HTMLInputElement} */ (document.getElementById("board"));
/** @type {Record<string, string>} */
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
const { csrf = "", origin: site = "" } = page.dataset;
const EXAMPLE_ID = "AAAAAAAAAAAAAAAAAAAAAA";
const EXAMPLE_KEY = "from-curl";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// -- the description ------------------------------------------------------------------------------

async function show() {
  const answer = await fetch(page.dataset.description ?? "");
  const { paths } = await answer.json();
  const operations = document.getElementById("operations");
  for (const [address, methods] of Object.entries(paths)) {
    for (const [method, described] of Object.entries(methods)) {
      operations?.append(form({ method: method.toUpperCase(), address, described }));
    }
  }
  showFirstLine(paths["/api/boards/{board}/transactions"].post);
}

/** @param {Operation} commit */
function showFirstLine(commit) {
  const line = document.getElementById("first-line");
  const tell = () => {
    if (!line) return;
    const where = board.value.trim() || "{board}";
    const body = JSON.stringify(example(commit));
    line.textContent = curl("POST", { address: `/api/boards/${where}/transactions`, body });
  };
  board.addEventListener("input", tell);
  tell();
}

/** @param {Operation} described */
function example(described) {
  return described.requestBody?.content["application/json"]?.example ?? null;
}

// -- a form ---------------------------------------------------------------------------------------

/** @param {Row} row */
function form(row) {
  const fields = row.described.parameters
    .filter((one) => one.name !== "board")
    .map((one) => ({ ...one, input: field(one) }));
  const body = bodyField(row);
  const line = make("pre", { class: "shell", tabindex: "0" });
  const answer = make("div", { class: "answer" });
  /** @returns {Request} */
  const request = () => ({ address: filled(row.address, fields), body: body?.value ?? null });
  const tell = () => {
    line.textContent = curl(row.method, request());
  };
  const sending = make("form", { class: "operation-form" });
  for (const { name, input } of fields) sending.append(labelled(name, input));
  if (body) sending.append(labelled(words.body ?? "", body));
  sending.append(labelled("curl", line), buttons(line), answer);
  sending.addEventListener("input", tell);
  sending.addEventListener("submit", (event) => {
    event.preventDefault();
    send(row.method, request(), answer);
  });
  const details = make("details", { class: "operation" }, heading(row), sending);
  details.addEventListener("toggle", tell);
  for (const shared of [token, board]) shared.addEventListener("input", tell);
  return details;
}

/** @param {Row} row */
function heading({ method, address, described }) {
  return make(
    "summary",
    {},
    make("span", { class: `method method-${method.toLowerCase()}` }, method),
    make("code", {}, address.replace("/api/", "/")),
    make("span", { class: "muted summary" }, described.summary),
    make("span", { class: "scope muted" }, described["x-scope"]),
  );
}

/** @param {Parameter} parameter */
function field({ name, schema }) {
  return make("input", {
    class: "field",
    name,
    autocomplete: "off",
    spellcheck: "false",
    placeholder: String(schema.default ?? ""),
  });
}

/** @param {Row} row */
function bodyField({ described }) {
  const found = example(described);
  if (found === null) return null;
  const text = JSON.stringify(found, null, 2);
  const area = make("textarea", { class: "field body", rows: "8", spellcheck: "false" });
  area.value = text.replace(EXAMPLE_ID, newId()).replace(EXAMPLE_KEY, newId());
  return area;
}

/** What it may be called by: 128 random bits in base64url. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} name @param {HTMLElement} control */
function labelled(name, control) {
  return make("label", { class: "entry wide" }, make("span", { class: "label" }, name), control);
}

/** @param {HTMLElement} line */
function buttons(line) {
  const send = make("button", { class: "filled" }, words.send ?? "");
  if (!navigator.clipboard) return make("div", { class: "actions" }, send);
  const copy = make("button", { class: "outlined", type: "button" }, words.copy ?? "");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(line.textContent ?? "");
    copy.textContent = words.copied ?? "";
  });
  return make("div", { class: "actions" }, send, copy);
}

/** @param {string} address @param {{name: string, in: string, input: HTMLInputElement}[]} fields */
function filled(address, fields) {
  let path = address.replace("{board}", encodeURIComponent(board.value.trim()) || "{board}");
  const query = new URLSearchParams();
  for (const { name, in: where, input } of fields) {
    const value = input.value.trim();
    if (where === "path")
      path = path.replace(`{${name}}`, encodeURIComponent(value) || `{${name}}`);
    else if (value) query.set(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

// -- the request ----------------------------------------------------------------------------------

/** The same as a line for a shell; the token itself is not in it. @param {string} method @param {Request} request */
function curl(method, { address, body }) {
  const parts = [`curl ${method === "GET" ? "" : `-X ${method} `}${quoted(site + address)}`];
  parts.push(`-H "Authorization: Bearer $TOKEN"`);
  if (body !== null) {
    parts.push(`-H "Content-Type: application/json"`, `-d ${quoted(compact(body))}`);
  }
  return parts.join(" \\\n  ");
}

/** @param {string} text */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** @param {string} json */
function compact(json) {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}

/** @param {string} method @param {Request} request @param {HTMLElement} shown */
async function send(method, { address, body }, shown) {
  shown.replaceChildren(make("p", { class: "muted" }, words.waiting ?? ""));
  const typed = token.value.trim();
  /** @type {Record<string, string>} */
  const headers = typed ? { Authorization: `Bearer ${typed}` } : { "X-CSRFToken": csrf };
  if (body !== null) headers["Content-Type"] = "application/json";
  try {
    const credentials = typed ? "omit" : "same-origin";
    const answer = await fetch(address, { method, headers, body, credentials });
    shown.replaceChildren(...told(answer.status, answer.statusText, await answer.text()));
  } catch {
    shown.replaceChildren(make("p", { class: "error", role: "alert" }, words.unreachable ?? ""));
  }
}

/** @param {number} status @param {string} said @param {string} text */
function told(status, said, text) {
  const sort = status < 400 ? "good" : "bad";
  const head = make("p", { class: `status ${sort}`, role: "status" }, `${status} ${said}`);
  return text ? [head, make("pre", { class: "shell", tabindex: "0" }, pretty(text))] : [head];
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

show();

export {};
