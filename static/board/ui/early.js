// What somebody does before the page has all its parts, done again once it has them: nobody knows that they were quick.

/** @typedef {() => void} Deed */

/** Buttons of the template that the page only joins to something later. */
const BUTTONS = "#share, #menu-button";

/** Hears from now on; the result does it all and hears no more. */
export function hearWhatIsEarly() {
  /** @type {Deed[]} */
  const deeds = [];
  const until = new AbortController();
  const { signal } = until;
  document.addEventListener(
    "click",
    ({ target }) => {
      const button = target instanceof Element ? target.closest(BUTTONS) : null;
      if (button instanceof HTMLElement) deeds.push(() => button.click());
    },
    { signal },
  );
  document.addEventListener(
    "keydown",
    ({ key, target, isComposing }) => {
      if (key !== "Enter" || isComposing || !(target instanceof HTMLInputElement)) return;
      deeds.push(() => target.blur());
    },
    { signal },
  );
  document.addEventListener(
    "paste",
    ({ target, clipboardData }) => {
      if (target instanceof HTMLInputElement || !clipboardData) return;
      // What is on the clipboard can be read within the event alone.
      const carried = new DataTransfer();
      for (const type of clipboardData.types) carried.setData(type, clipboardData.getData(type));
      const again = { clipboardData: carried, bubbles: true, cancelable: true };
      deeds.push(() => document.body.dispatchEvent(new ClipboardEvent("paste", again)));
    },
    { signal },
  );
  return () => {
    until.abort();
    for (const deed of deeds) deed();
  };
}
