// The page of an invite link: takes the token out of the address bar at once and posts it.

const form = document.querySelector("form[data-join]");
const token = location.hash.slice(1);
if (token) history.replaceState(null, "", location.pathname);
if (form instanceof HTMLFormElement) takeToken(form);

/** @param {HTMLFormElement} form */
function takeToken(form) {
  const field = form.elements.namedItem("token");
  if (!(field instanceof HTMLInputElement)) return;
  if (token) field.value = token;
  else if (!field.value) askForLink(form);
  // A name is all that could be missing.
  if (token && form.hasAttribute("data-known")) form.requestSubmit();
}

/** @param {HTMLFormElement} form */
function askForLink(form) {
  const paste = document.getElementById("paste");
  if (!(paste instanceof HTMLTemplateElement)) return;
  form.querySelector("button")?.before(paste.content.cloneNode(true));
}

export {};
