// The line that tells how a file comes along, with the way to stop it, and what went wrong, in words.

import { t } from "../core/translate.js";
import { make } from "./dom.js";

export class Work {
  #words = make("span", { role: "status" });
  #bar = make("progress", { max: "1", "aria-label": t("Progress"), hidden: true });
  #stop = make("button", { type: "button", class: "text-button", hidden: true }, t("Cancel"));
  /** @type {AbortController | null} */
  #running = null;

  constructor() {
    this.#stop.addEventListener("click", () => this.cancel());
    this.line = make(
      "div",
      { class: "export-work", tabindex: "-1" },
      this.#words,
      this.#bar,
      this.#stop,
    );
  }

  get busy() {
    return this.#running !== null;
  }

  cancel() {
    this.#running?.abort();
  }

  /** @param {string} sentence @param {boolean} [failed] */
  say(sentence, failed = false) {
    this.#words.textContent = sentence;
    this.line.classList.toggle("failed", failed);
  }

  /** @param {number} part from 0 to 1 */
  progress(part) {
    this.#bar.value = part;
  }

  /** @param {(signal: AbortSignal) => Promise<string>} job gives what is to be said afterwards */
  async run(job) {
    const running = new AbortController();
    this.#running = running;
    this.#shows(true);
    this.say(t("Making the file…"));
    try {
      const [done] = await Promise.all([job(running.signal), nextFrame()]);
      this.say(done);
    } catch {
      if (running.signal.aborted) this.say(t("Cancelled. Nothing was saved."));
      else this.say(t("The file couldn't be made. Try again, or choose another format."), true);
    }
    this.#shows(false);
    this.#running = null;
  }

  /** @param {boolean} running */
  #shows(running) {
    // The focus must not be lost with the button that had it.
    if (!running && document.activeElement === this.#stop) this.line.focus();
    this.#bar.hidden = this.#stop.hidden = !running;
    this.#bar.removeAttribute("value");
  }
}

/** So that a screen reader hears of the beginning too. */
function nextFrame() {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
