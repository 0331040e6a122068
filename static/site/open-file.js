// A board out of a file, from the list of boards: it is sent, and leads to the new board, or to a sentence that says
// why there is none.

/** @param {HTMLFormElement} form */
function opensFiles(form) {
  const button = form.querySelector("button");
  const field = form.elements.namedItem("file");
  const said = form.querySelector("[role=alert]");
  if (!button || !said || !(field instanceof HTMLInputElement)) return;

  const send = async () => {
    if (!field.files?.length || form.ariaBusy === "true") return;
    said.textContent = "";
    form.ariaBusy = "true";
    try {
      await sent(form);
    } catch (error) {
      said.textContent = error instanceof Refused ? error.message : (form.dataset.failed ?? "");
    } finally {
      form.ariaBusy = null;
      // The same file may be chosen again once it has been mended.
      field.value = "";
    }
  };
  form.hidden = false;
  button.addEventListener("click", () => field.click());
  field.addEventListener("change", send);
}

/** It says why, in words. */
class Refused extends Error {}

/** Leads to the board. @param {HTMLFormElement} form */
async function sent(form) {
  const response = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
  });
  const { address, detail } = await response.json();
  if (response.ok) location.assign(address);
  else if (detail) throw new Refused(detail);
  else throw new Error(`refused with ${response.status}`);
}

for (const form of document.querySelectorAll("form[data-open-file]"))
  if (form instanceof HTMLFormElement) opensFiles(form);
