// Image: taking it asks for files (ui/images.js), after which what was in the hand before is there again.

/** @typedef {import("../editor.js").Tool} Tool */

/** @implements {Tool} */
export class ImageTool {
  name = "image";
  cursor = "default";
  changes = true;
  schema = 4;

  onPointerDown() {}

  onPointerMove() {}

  onPointerUp() {}

  onCancel() {}
}
