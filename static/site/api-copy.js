// Buttons that copy the text of an element; they show themselves only where copying works.

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (button instanceof HTMLButtonElement && navigator.clipboard) offer(button);
}

/** @param {HTMLButtonElement} button */
function offer(button) {
  const { copy = "", done = "" } = button.dataset;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(copy)?.textContent ?? "");
    button.textContent = done;
  });
}

export {};
