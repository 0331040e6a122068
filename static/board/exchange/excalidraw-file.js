// A file of Excalidraw, whichever of the three it is.

import { isPng, sceneInPng, sceneInSvg } from "./excalidraw-embedded.js";
import { readExcalidraw } from "./excalidraw-reading.js";
import { damaged } from "./reading.js";

/** @param {Blob} file */
export async function excalidrawIn(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isPng(bytes)) return readExcalidraw(wanted(await sceneInPng(bytes)));
  const text = new TextDecoder().decode(bytes);
  return readExcalidraw(/^\s*</.test(text) ? wanted(await sceneInSvg(text)) : text);
}

/** @param {string | null} scene */
function wanted(scene) {
  if (scene === null) throw damaged();
  return scene;
}
