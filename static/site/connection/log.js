// The log of the browser's own events: what a page is told of a WebSocket, and the state it is in then.

import { make } from "../../board/ui/dom.js";
import { nameOf } from "./watched.js";

export class EventLog {
  #rows;
  #write;
  #from = 0;

  /** @param {HTMLElement} rows @param {import("./figures.js").Writer} write */
  constructor(rows, write) {
    this.#rows = rows;
    this.#write = write;
  }

  begin() {
    this.#from = performance.now();
    this.#rows.replaceChildren();
  }

  /** @param {import("./watched.js").Happened} happened */
  add({ at, socket, event, readyState, bufferedAmount, detail }) {
    const cell = (/** @type {string} */ text) => make("td", {}, text);
    this.#rows.append(
      make(
        "tr",
        { "data-event": event },
        cell(this.#write.ms(at - this.#from)),
        cell(socket),
        make("td", {}, make("code", {}, event)),
        cell(`${readyState} ${nameOf(readyState)}`),
        cell(String(bufferedAmount)),
        make("td", { class: "log-detail" }, detail),
      ),
    );
  }
}
