// Frames as JSON: a text message is itself, a binary one a string of base64. Pure.

/** The JSON of a binary frame. @param {Uint8Array} bytes */
export function jsonOf(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `"${btoa(text)}"`;
}

/** What a frame is: a text is a message, bytes are a live frame. @param {unknown} frame @param {string} [json] the same, where it is known */
export function frameOf(frame, json = JSON.stringify(frame)) {
  if (typeof frame !== "string") return json;
  return Uint8Array.from(atob(frame), (letter) => letter.charCodeAt(0));
}
