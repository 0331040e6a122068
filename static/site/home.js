// The list of boards: renaming in place, and menus that close by themselves.

/** @param {HTMLElement} card */
function renameInPlace(card) {
  const form = card.querySelector("form[data-rename]");
  const button = card.querySelector("button[data-rename-button]");
  const title = card.querySelector("a[data-title]");
  if (!(form instanceof HTMLFormElement) || !(button instanceof HTMLButtonElement)) return;
  if (!(title instanceof HTMLAnchorElement)) return;
  const field = form.elements.namedItem("title");
  if (!(field instanceof HTMLInputElement)) return;

  let saved = field.value;
  /** @param {boolean} editing */
  const show = (editing) => {
    form.hidden = !editing;
    title.hidden = editing;
  };
  const save = async () => {
    if (form.hidden) return;
    show(false);
    if (field.value === saved) return;
    const answer = await rename(form);
    if (answer === null) {
      // Kept in the field, to be sent again.
      show(true);
      return;
    }
    saved = answer.title;
    field.value = answer.title;
    title.title = answer.shown;
    (title.firstElementChild ?? title).textContent = answer.shown;
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    const menu = button.closest("details");
    if (menu) menu.open = false;
    show(true);
    field.select();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save().then(() => title.focus());
  });
  field.addEventListener("blur", save);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    field.value = saved;
    show(false);
    title.focus();
  });
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<{title: string, shown: string} | null>} null where it could not be saved
 */
async function rename(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) fields.set(name, String(value));
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: fields,
      headers: { Accept: "application/json" },
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** @param {HTMLDetailsElement} menu */
function closeByItself(menu) {
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

/** On a small screen the places are a row that scrolls. */
function showWhereOneIs() {
  const here = document.querySelector(".places [aria-current]");
  here?.scrollIntoView({ inline: "center", block: "nearest", behavior: "instant" });
}

/** @param {HTMLDetailsElement} menu */
function beginTyping(menu) {
  menu.addEventListener("toggle", () => {
    const field = menu.querySelector("input.field");
    if (!menu.open || !(field instanceof HTMLInputElement)) return;
    field.select();
    field.form?.scrollIntoView({ inline: "center", block: "nearest", behavior: "instant" });
  });
}

showWhereOneIs();
for (const card of document.querySelectorAll("[data-board]")) {
  if (card instanceof HTMLElement) renameInPlace(card);
}
for (const menu of document.querySelectorAll("[data-menu]")) {
  if (!(menu instanceof HTMLDetailsElement)) continue;
  closeByItself(menu);
  beginTyping(menu);
}
