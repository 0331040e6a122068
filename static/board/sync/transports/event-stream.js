// Reads a text/event-stream, however it is cut into pieces on its way. Pure.

/** @typedef {{id: string, event: string, data: string}} StreamEvent */

const LINE_END = /\r\n|\n|\r/;

export class EventStream {
  #decoder = new TextDecoder();
  /** The line that isn't complete yet. */
  #rest = "";
  #id = "";
  #event = "";
  /** @type {string[]} */
  #data = [];

  /** The events that this piece completes. @param {Uint8Array} bytes @returns {StreamEvent[]} */
  push(bytes) {
    let text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    // What ends in a carriage return may go on with the line feed that belongs to it.
    const held = text.endsWith("\r") ? "\r" : "";
    text = text.slice(0, text.length - held.length);
    const lines = text.split(LINE_END);
    this.#rest = lines.pop() + held;
    return lines.flatMap((line) => this.#line(line) ?? []);
  }

  /** @param {string} line @returns {StreamEvent | null} */
  #line(line) {
    if (line === "") return this.#complete();
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "id") this.#id = value;
    else if (field === "event") this.#event = value;
    else if (field === "data") this.#data.push(value);
    return null;
  }

  #complete() {
    const event = { id: this.#id, event: this.#event || "message", data: this.#data.join("\n") };
    const empty = this.#data.length === 0;
    this.#event = "";
    this.#data = [];
    return empty ? null : event;
  }
}
