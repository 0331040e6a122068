// The browser's own dialog for choosing files.

import { extensions } from "../exchange/opening.js";
import { make } from "./dom.js";

/** @param {(files: File[]) => void} chosen */
export function choose(chosen) {
  const input = make("input", { type: "file", multiple: true, accept: extensions().join(",") });
  input.addEventListener("change", () => chosen([...(input.files ?? [])]), { once: true });
  // In the page, for some browsers open it for nothing else; for the dialog's own time.
  input.hidden = true;
  document.body.append(input);
  input.addEventListener("change", () => input.remove());
  input.addEventListener("cancel", () => input.remove());
  input.click();
}
